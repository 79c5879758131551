"""-F: one part of a form (curl.1, "--form")."""

from __future__ import annotations

import re

from firstlight.formats.curl.draft import Draft
from firstlight.model.request import FormPart
from firstlight.texts import N_

_QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)
_WORD = re.compile(r"[^;,]*")
_TEXT = re.compile(r"[^;]*")
_ATTRIBUTE = re.compile(r"\s*;\s*(type|filename|headers|encoder)=", re.IGNORECASE)
_IN_A_TYPE = re.compile(r'(?:[^;,"]|"(?:[^"\\]|\\.)*"|;(?!\s*(?:type|filename|headers|encoder)=))*', re.IGNORECASE)


def add_string(draft: Draft, text: str) -> None:
    """Take --form-string: nothing in the value has a meaning."""
    name, _, value = text.partition("=")
    draft.parts.append(FormPart(name=name, value=value))


def add_form(draft: Draft, text: str) -> None:
    """Take -F: a text, `@file,file` or `<file`, each with `;type=` and `;filename=`."""
    name, _, value = text.partition("=")
    if value.startswith("("):
        draft.note(N_("-F with nested parts is not taken over."))
        return
    if value.startswith(("@", "<")):
        _add_files(draft, name, value)
        return
    content, at = _taken(value, 0, _TEXT)
    attributes, at = _attributes(draft, value, at)
    if at < len(value):
        draft.note(
            N_("-F ends at a semicolon that is not in quotes, as in curl; the rest of “{name}” was left out."),
            name=name,
        )
    draft.parts.append(FormPart(name=name, value=content, content_type=attributes.get("type", "")))


def _add_files(draft: Draft, name: str, value: str) -> None:
    if value.startswith("<"):
        draft.note(N_("-F with <file sends the content of a file as text; the file is sent as a file."))
    at = 0
    while at < len(value) and (at == 0 or value[at] == ","):
        path, at = _taken(value, at + 1, _WORD)
        attributes, at = _attributes(draft, value, at)
        if path == "-":
            draft.note(N_("Data from standard input is not taken over."))
            continue
        named = (sent,) if (sent := attributes.get("filename", "")) else ()
        content_type = attributes.get("type", "")
        draft.parts.append(FormPart(name=name, kind="file", files=(path,), file_names=named, content_type=content_type))


def _attributes(draft: Draft, value: str, at: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(value, at):
        name = match[1].lower()
        found[name], at = _taken(value, match.end(), _IN_A_TYPE if name == "type" else _WORD)
        if name in {"headers", "encoder"}:
            draft.note(N_("-F with {name}= is not taken over."), name=name)
    return found, at


def _taken(value: str, at: int, plain: re.Pattern[str]) -> tuple[str, int]:
    r"""Return a value that begins at `at`, in quotes (with `\"` and `\\`) or plain, and where it ends."""
    if (quoted := _QUOTED.match(value, at)) and value[quoted.end() : quoted.end() + 1] in {"", ";", ","}:
        return re.sub(r"\\([\"\\])", r"\1", quoted[1]), quoted.end()
    found = plain.match(value, at)
    assert found is not None  # noqa: S101 - the patterns match nothing as well
    return found[0], found.end()
