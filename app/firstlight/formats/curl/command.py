"""Reads one cURL command: finds out whose quoting it uses, splits it, applies its options."""

from __future__ import annotations

import re

from firstlight.formats.curl.bash_words import bash_words
from firstlight.formats.curl.draft import Draft
from firstlight.formats.curl.options import FLAGS, SHORT, SILENT_FLAGS, SILENT_VALUES, VALUES, takes_value
from firstlight.formats.curl.powershell_words import LEGACY, powershell_words
from firstlight.formats.curl.request import request_from
from firstlight.formats.curl.split import Split
from firstlight.formats.curl.start import START
from firstlight.formats.curl.windows_words import cmd_words
from firstlight.formats.error import FormatError
from firstlight.formats.reading import Reading
from firstlight.model.request import RequestSettings
from firstlight.texts import N_, Phrase

_SIGNS = re.compile(
    r"""(?P<cmd>\^"|\^[ \t]*\r?\n)|(?P<powershell>`[ \t]*\r?\n|"[^"]*\$\{?env:|@['"]\r?\n)|(?P<bash>\\[ \t]*\r?\n|\$')
    |'[^']*'|"(?:[^"\\]|\\.)*"|\\.""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_FENCE = re.compile(r"\n?```\s*$")
_CURLY_QUOTES = str.maketrans("“”„‘’", '"""\'\'')


def read_command(text: str, settings: RequestSettings | None = None) -> Reading:
    """Read the first command of `text`; `settings` hold where the command says nothing.

    Raises:
        FormatError: it is no cURL command.
    """
    start = START.match(text)
    if start is None:
        raise FormatError(1, 1, Phrase("This is not a cURL command: it does not begin with curl."))
    return read_curl(_split(_FENCE.sub("", text), start), settings)


def _split(text: str, start: re.Match[str]) -> Split:
    command = text[start.start("command") :]
    if '"' not in command and "'" not in command:
        command = command.translate(_CURLY_QUOTES)  # out of a text processor
    legacy = LEGACY in text[: start.start("command")]
    shell = "powershell" if legacy else _shell(command, is_exe=start["command"].lower().endswith(".exe"))
    if shell == "cmd":
        return cmd_words(re.sub(r"\^[ \t]+(?=\r?\n)", "^", command))
    if shell == "powershell":
        return powershell_words(re.sub(r"`[ \t]+(?=\r?\n)", "`", command), legacy=legacy)
    return bash_words(command)


def _shell(command: str, *, is_exe: bool) -> str:
    """Tell whose quoting a command uses by the first sign outside of quotes that only one of them knows."""
    for found in _SIGNS.finditer(command):
        if found.lastgroup:
            return found.lastgroup
    if is_exe:
        return "powershell" if "'" in command else "cmd"
    return "bash"


def read_curl(split: Split, settings: RequestSettings | None = None) -> Reading:
    """Read a command that is split into its words; the first is the program."""
    draft = Draft(notes=list(split.notes), settings=settings or RequestSettings())
    words = split.words[1:]
    while words:
        word = words.pop(0)
        if word in {"--next", "-:"}:
            draft.note(N_("--next: only the first request was taken over."))
            break
        if word.startswith("--") and len(word) > 2:
            _long(draft, word, words)
        elif word.startswith("-") and len(word) > 1:
            _letters(draft, word[1:], words)
        elif word.strip():
            draft.urls.append(word)
    request = request_from(draft)
    return Reading(requests=(request,), notes=draft.all_notes())


def _long(draft: Draft, word: str, words: list[str]) -> None:
    name, equals, value = word[2:].partition("=")
    if equals and takes_value(name):  # curl does not know this form; people write it all the same
        words.insert(0, value)
    _apply(draft, name, f"--{name}", words)


def _letters(draft: Draft, letters: str, words: list[str]) -> None:
    """Read `-kv`, `-XPOST`, `-sd`: letters that stand alone, the last one perhaps with a value."""
    while letters:
        letter, letters = letters[0], letters[1:]
        name = SHORT.get(letter, "")
        if takes_value(name):
            if letters:
                words.insert(0, letters)
            _apply(draft, name, f"-{letter}", words)
            return
        if letter == ":":
            words.insert(0, "--next")
            return
        _apply(draft, name, f"-{letter}", words)


def _apply(draft: Draft, name: str, shown: str, words: list[str]) -> None:
    if name in FLAGS:
        FLAGS[name](draft)
    elif name in SILENT_FLAGS:
        return
    elif not takes_value(name):
        draft.leave_out(shown)
    elif not words:
        draft.note(N_("{option} has no value."), option=shown)
    else:
        value = words.pop(0)
        if name in VALUES:
            VALUES[name](draft, value)
        elif name not in SILENT_VALUES:
            draft.leave_out(f"--{name}")
