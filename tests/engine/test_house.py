"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import firstlight

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app" / "firstlight"
FOLDERS = ("app", "resources", "tests", "packaging", "benchmarks", "docs", ".ci")
UNFINISHED = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")) + r")\b"
)
FOREIGN = re.compile(
    r"(?<![\w.}/~-])/(?:work|root|farm)\b(?!-)"  # somebody's machine
    r"|(?:files\.python" + r"hosted|\bpy" + r"pi|deb\.deb" + r"ian)\.org"  # where packages come from
)


def project_files() -> Iterator[Path]:
    """Every text file that belongs to the project; no git needed, so it works in an unpacked archive too."""
    inside = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")))
    at_the_top = sorted(path for path in ROOT.iterdir() if path.suffix in {".py", ".md", ".toml", ".lock"})
    for path in (*at_the_top, *inside):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in {".mo", ".pyc"}:
            yield path


def text_of(path: Path) -> str:
    """Return a file's text; nothing for pictures and other data."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PYTHON_FILES = [path for path in project_files() if path.suffix == ".py"]


def test_the_files_are_found() -> None:
    assert APP / "__main__.py" in PYTHON_FILES
    assert ROOT / "pyproject.toml" in set(project_files())


def test_the_window_has_one_loop_and_none_nested_in_it() -> None:
    found = [
        name_of(path)
        for path in sorted((APP / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_", "processEvents"}
    ]
    assert found == ["app/firstlight/ui/loop.py"], "open() the dialog and await it: a nested loop stalls requests"


def test_no_text_hides_from_translation_in_an_f_string() -> None:
    """Under Python 3.11 Babel does not look into them; the reader would see English."""
    hidden = [
        f"{name_of(path)}:{call.lineno}"
        for path in PYTHON_FILES
        for string in ast.walk(ast.parse(text_of(path)))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"tr", "trc", "trn", "N_", "Phrase"}
        and any(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert hidden == []


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in PYTHON_FILES
        if text_of(path).strip() and not ast.get_docstring(ast.parse(text_of(path)))
    ]
    assert silent == []


def test_no_file_has_more_than_400_lines() -> None:
    long = {name_of(path): lines for path in PYTHON_FILES if (lines := len(text_of(path).splitlines())) > 400}
    assert long == {}


def test_nothing_is_left_unfinished() -> None:
    assert [name_of(path) for path in PYTHON_FILES if UNFINISHED.search(text_of(path))] == []


def test_no_file_names_somebodys_machine_or_a_package_index() -> None:
    found = [f"{name_of(path)}: {match[0]}" for path in project_files() for match in FOREIGN.finditer(text_of(path))]
    assert found == []


def test_every_pinned_package_has_hashes_and_no_address() -> None:
    lock = text_of(ROOT / "requirements.lock")
    pins = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)[1:]
    assert len(pins) > 50
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert re.findall(r"https?:|--index|--extra|--find-links|@ ", lock) == []


def test_the_lock_has_every_dependency_of_the_project() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += project["build-system"]["requires"]
    names = {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-") for line in wanted}
    pinned = set(re.findall(r"^([\w.-]+)==", text_of(ROOT / "requirements.lock"), re.MULTILINE))
    assert names - pinned == set()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that a freshly built wheel unpacks to."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_a_wheel_owns_only_the_name_firstlight(wheel: Path) -> None:
    names = {entry.name for entry in wheel.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"firstlight"}


def test_a_wheel_carries_the_resources_and_the_compiled_translations(wheel: Path) -> None:
    inside = {path.relative_to(wheel).as_posix() for path in wheel.rglob("*")}
    sources = {path for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert {"firstlight/" + name_of(path) for path in sources} <= inside
    for catalogue in (ROOT / "resources" / "translations").glob("*/LC_MESSAGES/firstlight.po"):
        assert "firstlight/" + name_of(catalogue.with_suffix(".mo")) in inside


def test_the_program_runs_from_an_unpacked_wheel(wheel: Path) -> None:
    first = f"import sys; sys.path.insert(0, {str(wheel)!r}); "
    version = first + "from firstlight.__main__ import main; sys.exit(main(['--version']))"
    place = first + "import firstlight.resources as resources; print(resources.resource_path())"
    for code, expected in (
        (version, f"firstlight {firstlight.__version__}"),
        (place, str(wheel / "firstlight" / "resources")),
    ):
        answer = subprocess.run([sys.executable, "-c", code], cwd=wheel, capture_output=True, text=True, check=False)
        assert (answer.stdout.strip(), answer.stderr) == (expected, "")


def test_warming_the_network_up_loads_no_command_line_packages() -> None:
    code = (
        "import sys; from firstlight.transport import warm_up; warm_up();"
        "print(sorted({'click', 'rich', 'pygments'} & set(sys.modules)), 'httpx' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "app", capture_output=True, text=True, check=True)
    assert answer.stdout == "[] True\n"


def test_json_that_is_in_order_loads_nothing_to_read_broken_json_with() -> None:
    code = (
        "import sys; from firstlight.views.json_format import find_problem, format_json;"
        "find_problem('{}'); format_json(b'[1]', strict=True); before = 'firstlight.views.json_reader' in sys.modules;"
        "print(before, find_problem('{'))"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "app", capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("False 1:")
