"""Keeps the translation catalogues in step with the texts of the program.

update   collect the texts marked with tr, N_, Phrase, trc and trn; merge them into each catalogue; compile
compile  write the .mo files the program reads
check    fail if a text is untranslated, doubtful, left over, or loses one of its {values};
         and if an explanation in resources/explanations lacks a language
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
EXPLANATIONS = ROOT / "resources" / "explanations"
KEYWORDS = {"tr": (1,), "N_": (1,), "Phrase": (1,), "trn": (1, 2), "trc": ((1, "c"), 2)}

sys.path[:0] = [str(ROOT), str(ROOT / "app")]
from hatch_build import compile_catalogues  # noqa: E402 - the build and this tool compile alike

from firstlight.texts import LANGUAGES  # noqa: E402


def catalogue_paths() -> dict[str, Path]:
    """Return the catalogue file of every language the program offers, English being the source."""
    return {code: TRANSLATIONS / code / "LC_MESSAGES" / "firstlight.po" for code, _name in LANGUAGES if code != "en"}


def collect() -> Catalog:
    """Return every marked text of the program."""
    template = Catalog(project="First Light")
    found = extract_from_dir(ROOT / "app" / "firstlight", [("**.py", "python")], keywords=KEYWORDS)
    for filename, _line, text, _comments, context in found:
        template.add(text, locations=[(f"app/firstlight/{Path(filename).as_posix()}", 0)], context=context)
    return template


def read(path: Path, code: str) -> Catalog:
    """Read one catalogue; a new language starts empty."""
    if not path.exists():
        return Catalog(locale=code, project="First Light")
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def update() -> list[str]:
    """Merge new texts into the catalogues, drop those that are gone, and compile."""
    template = collect()
    for code, path in catalogue_paths().items():
        catalogue = read(path, code)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
        waiting = [message.id for message in catalogue if message.id and not is_translated(message)]
        print(f"{code}: {len(catalogue)} texts, {len(waiting)} to translate")
    compile_catalogues(ROOT)
    return []


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the singular and plural forms of a text, or its only form."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def is_translated(message: Message) -> bool:
    """Tell whether every form of a text has a translation."""
    return all(forms(message.string))


def names(text: str) -> set[str]:
    """Return the names of the {values} in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def problems(template: Catalog, catalogue: Catalog, code: str) -> Iterator[str]:
    """Yield one line for each text that is not ready."""
    for wanted in template:
        if not wanted.id:
            continue
        message = catalogue.get(wanted.id, wanted.context)
        if message is None or not is_translated(message):
            yield f"{code}: not translated: {wanted.id!r}"
        elif message.fuzzy:
            yield f"{code}: marked doubtful: {wanted.id!r}"
        elif any(names(form) != names(forms(wanted.id)[-1]) for form in forms(message.string)):
            yield f"{code}: other {{values}} than the English text: {wanted.id!r}"
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"{code}: no longer in the program: {message.id!r}"


def unexplained() -> Iterator[str]:
    """Yield one line for each explanation that lacks a language (docs/adr/0036)."""
    for path in sorted(EXPLANATIONS.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["entry"]:
            for code, _name in LANGUAGES:
                meaning, remedy = row.get(code, ("", ""))
                if not meaning or (not remedy and row["en"][1]):
                    yield f"{path.name}: no {code} text for {row.get('code', row.get('status'))}"


def check() -> list[str]:
    """Return what keeps the catalogues and explanations from being complete."""
    template = collect()
    found = [line for code, path in catalogue_paths().items() for line in problems(template, read(path, code), code)]
    return [*found, *unexplained()]


def compile_all() -> list[str]:
    """Compile every catalogue."""
    compile_catalogues(ROOT)
    return []


def main(arguments: list[str]) -> int:
    """Run one command; print what is wrong and return 1 if anything is."""
    commands = {"update": update, "compile": compile_all, "check": check}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    found = commands[arguments[0]]()
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
