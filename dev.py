#!/usr/bin/env python3
"""Sets First Light up and runs it. Needs nothing but Python's standard library.

    python3 dev.py              open the app on its demo (without a display: run the demo, photograph the window)
    python3 dev.py test [...]   run the tests; what follows goes to pytest
    python3 dev.py check        lint, format, types, layers, translations, house rules
    python3 dev.py bench [...]  run the benchmarks, or only the named ones
    python3 dev.py setup        only the set-up; afterwards .venv has the firstlight command
    python3 dev.py lock [...]   pin the packages; what follows goes to uv: --upgrade takes the newest
    python3 dev.py translate    collect new texts into the translation catalogues

Each command first sets up what is missing. `--python PATH` uses another Python; the environment variable
FIRSTLIGHT_VENV names another folder than .venv.
"""

from __future__ import annotations

import ctypes
import fnmatch
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("FIRSTLIGHT_VENV") or ROOT / ".venv").absolute()
LOCK = ROOT / "requirements.lock"
DEMO_WORKSPACE = ROOT / "resources" / "demo" / "workspace"
DEMO_REQUEST = "First steps/Streamed chat"
SCREENSHOT = ROOT / "build" / "first-light.png"
OLDEST, NEWEST = (3, 11), (3, 13)

QT_LIBRARIES = (  # (what Qt loads, the Debian package that brings it)
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
)
FONTS = ["fonts-wqy-microhei", "fonts-open-sans"]  # Chinese, the smallest that covers the texts: 5 MB; Latin: 0.6 MB
CHINESE_FONT_FILES = ("*CJK*", "wqy*", "*DroidSansFallback*", "uming*", "ukai*", "*SourceHan*")
TEST_PROGRAMS = (("gnome-keyring-daemon", "gnome-keyring"), ("dbus-run-session", "dbus"), ("curl", "curl"))
PURE_TESTS = "advice auth bodies dialect edition exchange_url format mask ndjson response sse stream system url var"
BENCHMARK_PARTS = ("harness", "servers", "paced_server", "window_bench")  # what the benchmarks share

CHECKS = (
    ("lint", "ruff", "check", "."),
    ("format", "ruff", "format", "--check", "."),
    ("types", "mypy"),
    ("layers", "lint-imports", "--no-logo"),
    ("translations", "python", "packaging/translations.py", "check"),
    ("house rules", "python", "-m", "pytest", "-q", "tests/engine/test_house.py"),
)


class SetupError(Exception):
    """Something the person has to do; the text says what."""


def say(text: str) -> None:
    """Print one line about the step that starts now."""
    print(f"First Light: {text}", flush=True)


def run_quietly(what: str, command: list[str], advice: str = "", end: int = 15, **environment: str) -> None:
    """Run a step without its output; if it fails, show the `end` of the output in lines, and what to do."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        shown = "\n".join("    " + line[:200] for line in result.stdout.strip().splitlines()[-end:])
        raise SetupError(f"{what} failed (exit code {result.returncode}):\n{shown}\n{advice}".rstrip())


# --- which Python ---------------------------------------------------------------------------------------------


def is_supported(version: tuple[int, int]) -> bool:
    """Tell whether First Light runs on this Python version."""
    return OLDEST <= version <= NEWEST


def find_python() -> str | None:
    """Return the newest supported Python on the PATH that really starts (version managers leave dead names)."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for candidate in ([f"python3.{minor}"], ["py", f"-3.{minor}"]):
            program = shutil.which(candidate[0])
            if not program:
                continue
            question = "import sys; print(*sys.version_info[:2]); print(sys.executable)"
            answer = subprocess.run(
                [program, *candidate[1:], "-c", question], capture_output=True, text=True, check=False
            )
            if answer.returncode == 0 and answer.stdout.startswith(f"3 {minor}\n"):
                return answer.stdout.splitlines()[1]
    return None


def unsupported_python(version: tuple[int, int]) -> SetupError:
    """Explain which Python is needed."""
    return SetupError(
        f"First Light needs Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}; "
        f"this is {version[0]}.{version[1]}, and none of them is on the PATH.\n"
        f"Install one, then type: python{NEWEST[0]}.{NEWEST[1]} dev.py"
    )


# --- what the system must have --------------------------------------------------------------------------------


def can_load(library: str) -> bool:
    """Tell whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Tell whether any font for Chinese is installed, so that no text shows as boxes."""
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", os.path.expanduser("~/.local/share/fonts"))
    names = (name for folder in folders for _, _, files in os.walk(folder) for name in files)
    return any(fnmatch.fnmatch(name, pattern) for name in names for pattern in CHINESE_FONT_FILES)


def missing_packages(testing: bool = False) -> list[str]:
    """Name the Debian packages this machine lacks; the tests need a real keyring and curl, the program does not."""
    missing = [package for library, package in QT_LIBRARIES if not can_load(library)]
    missing += [package for name, package in TEST_PROGRAMS if testing and not shutil.which(name)]
    try:
        import ensurepip  # noqa: F401 - Debian keeps it in a package of its own
    except ImportError:
        missing.insert(0, "python{}.{}-venv".format(*sys.version_info))
    return missing if has_chinese_font() else missing + FONTS


def apt_command(packages: list[str]) -> list[str]:
    """Return the command that installs `packages` and nothing they merely recommend."""
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def how_to_install(packages: list[str], has_sudo: bool) -> str:
    """Return the exact line a person without root rights has to type."""
    install = shlex.join(apt_command(packages))
    if has_sudo:
        return f"sudo apt-get update && sudo {install}"
    return f"su - -c {shlex.quote('apt-get update && ' + install)}"  # "-": root's own PATH, which dpkg needs


def prepare_system(testing: bool) -> None:
    """Install the system packages that are missing, or say how. Only Linux needs any."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(testing)
    if not shutil.which("apt-get"):
        missing = [name for name, package in QT_LIBRARIES + TEST_PROGRAMS if package in missing]
        if missing:
            raise SetupError("Install these with the system's package manager: " + ", ".join(missing))
    elif missing and os.geteuid() == 0:
        say("installing system packages: " + " ".join(missing))
        advice = "Is the network there? The package lists come from the system's apt sources."
        run_quietly("apt-get update", ["apt-get", "update"], advice)
        run_quietly("apt-get install", apt_command(missing), advice, DEBIAN_FRONTEND="noninteractive")
    elif missing:
        line = how_to_install(missing, has_sudo=shutil.which("sudo") is not None)
        if missing != FONTS:
            raise SetupError(f"Type this line, which installs what is missing, then run this again:\n\n    {line}\n")
        say(f"no Chinese font here; to install one: {line}")


# --- the environment ------------------------------------------------------------------------------------------


def program(name: str) -> str:
    """Return the path of a program of the environment."""
    folder, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return str(VENV / folder / (name + ending))


def fingerprint(*parts: str) -> str:
    """Return one short text that changes when any of the parts (or the folder, or the Python) changes."""
    place = (str(ROOT), "{}.{}".format(*sys.version_info))
    return hashlib.sha256("\0".join(place + parts).encode()).hexdigest()


def wanted_state() -> dict[str, str]:
    """Describe the environment the checkout asks for: the pinned packages and the project itself."""
    project = (ROOT / "pyproject.toml", ROOT / "hatch_build.py", ROOT / "app" / "firstlight" / "__init__.py")
    return {
        "packages": fingerprint(LOCK.read_text(encoding="utf-8")),
        "project": fingerprint(*(path.read_text(encoding="utf-8") for path in project)),
    }


def present_state(stamp: Path) -> dict[str, str]:
    """Read what the last finished set-up left; an unfinished one left no stamp and counts as nothing."""
    try:
        state = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) and os.path.exists(program("python")) else {}


def set_up(testing: bool) -> None:
    """Bring the system, the environment and the compiled texts up to date; quick when they are."""
    prepare_system(testing)
    stamp, wanted = VENV / "first-light-setup.json", wanted_state()
    present = present_state(stamp)
    if present != wanted:
        stamp.unlink(missing_ok=True)  # from here on the environment is unfinished
        if present.get("packages") != wanted["packages"]:
            install_packages()
        install_project()
        stamp.write_text(json.dumps(wanted), encoding="utf-8")
    if stale_catalogues():
        say("compiling the translations")
        run_quietly("Compiling", [program("python"), "packaging/translations.py", "compile"])


def install_packages() -> None:
    """Make a fresh environment with exactly the pinned packages, each checked against its hash."""
    if VENV.exists():
        say(f"removing the outdated {VENV.name}")
        shutil.rmtree(VENV)
    say(f"making {VENV.name} with Python {'.'.join(map(str, sys.version_info[:3]))}")
    base = getattr(sys, "_base_executable", "") or sys.executable
    run_quietly("Making the environment", [base, "-m", "venv", str(VENV)])
    say("installing the pinned packages (a minute or two the first time)")
    run_quietly(
        "Installing the packages",
        [program("python"), "-m", "pip", "install", "-q", "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)],
        "Without a network, point pip at a mirror: pip config set global.index-url ADDRESS",
        PIP_USER="0",
        PIP_NO_DEPS="1",  # the lock names everything
    )


def install_project() -> None:
    """Install First Light itself so that the environment runs the checkout's own files."""
    say("installing First Light into the environment")
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT)]
    run_quietly("Installing First Light", [program("python"), "-m", "pip", "install", *options], PIP_USER="0")


def stale_catalogues(folder: Path = ROOT / "resources" / "translations") -> list[Path]:
    """List the catalogues whose compiled form is missing or older."""
    compiled = [(source, source.with_suffix(".mo")) for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
    return [po for po, mo in compiled if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime]


# --- the commands ---------------------------------------------------------------------------------------------


def call(*command: str, **environment: str) -> int:
    """Run a program of the environment in the foreground and return its exit code."""
    name, *arguments = command
    return subprocess.run(
        [program(name), *arguments], cwd=ROOT, env={**os.environ, **environment}, check=False
    ).returncode


def has_display() -> bool:
    """Tell whether a window can be shown. A DISPLAY that nobody answers is none: Qt would end the program."""
    if not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    return int(xcb.xcb_connection_has_error(ctypes.c_void_p(xcb.xcb_connect(None, None)))) == 0


def run_demo(arguments: list[str]) -> int:
    """Open the app on the demo, or run the same demo without a window."""
    if has_display():
        say("opening the demo")
        return call("firstlight", "demo", *arguments)
    say("no display here, so the demo runs without a window")
    return call("python", "packaging/headless_demo.py", str(DEMO_WORKSPACE), DEMO_REQUEST, str(SCREENSHOT))


def run_tests(arguments: list[str]) -> int:
    """Run pytest; without arguments the whole suite: the pure layers with their coverage, the rest on all cores."""
    if arguments:
        return call("python", "-m", "pytest", *arguments)
    names = sorted(str(path) for part in PURE_TESTS.split() for path in ROOT.glob(f"tests/engine/test_{part}*.py"))
    say("testing the pure layers and how much of them is covered, then everything else")
    pure = call("coverage", "run", "-m", "pytest", "-q", *names) or call("coverage", "report")
    return max(pure, call("python", "-m", "pytest", "-nauto", "--maxprocesses=8", *(f"--ignore={n}" for n in names)))


def run_checks(_arguments: list[str]) -> int:
    """Run every check, show the output of those that fail."""
    failed = []
    for name, tool, *arguments in CHECKS:
        try:
            run_quietly(name, [program(tool), *arguments], end=300)
            say(f"{name}: ok")
        except SetupError as problem:
            failed.append(name)
            say(str(problem))
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def run_benchmarks(arguments: list[str]) -> int:
    """Run the benchmarks one after another; each prints its own lines."""
    scripts = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if path.stem not in BENCHMARK_PARTS)
    chosen = [script for script in scripts if not arguments or script.stem in arguments]
    if not chosen:
        raise SetupError("No such benchmark. There are: " + " ".join(script.stem for script in scripts))
    return max(call("python", str(script)) for script in chosen)


def pin_packages(arguments: list[str]) -> int:
    """Write the lock anew: every platform, every supported Python, hashes, no index addresses."""
    options = ["--group", "dev", "--universal", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
    oldest = ["--python-version", "{}.{}".format(*OLDEST)]
    return call("uv", "pip", "compile", "pyproject.toml", *options, *oldest, "-o", str(LOCK), *arguments)


def collect_texts(_arguments: list[str]) -> int:
    """Merge new texts into the catalogues and compile them."""
    return call("python", "packaging/translations.py", "update")


def report_setup(_arguments: list[str]) -> int:
    """Say where the program is; the set-up itself has already run."""
    say(f"ready: {program('firstlight')}")
    return 0


COMMANDS = {
    "run": run_demo,
    "test": run_tests,
    "check": run_checks,
    "bench": run_benchmarks,
    "setup": report_setup,
    "lock": pin_packages,
    "translate": collect_texts,
}


def take_option(arguments: list[str], name: str) -> str:
    """Remove `name VALUE` from the arguments and return the value, or nothing."""
    if name not in arguments[:-1]:
        return ""
    place = arguments.index(name)
    del arguments[place]
    return arguments.pop(place)


def main(arguments: list[str]) -> int:
    """Set up what is missing, then run the command."""
    python = take_option(arguments, "--python")
    version = sys.version_info[:2]
    if not python and not is_supported(version):
        python = find_python() or ""
        if not python:
            raise unsupported_python(version)
        say(f"this is Python {version[0]}.{version[1]}; using {python} instead")
    if python:
        if not shutil.which(python):
            raise SetupError(f"There is no program {python}.")
        return subprocess.run([python, str(ROOT / "dev.py"), *arguments], check=False).returncode
    name = arguments.pop(0) if arguments else "run"
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in ("-h", "--help", "help") else 2
    set_up(testing=name == "test")
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as problem:
        sys.exit(f"First Light: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)  # an unfinished set-up has no stamp and is made anew next time
