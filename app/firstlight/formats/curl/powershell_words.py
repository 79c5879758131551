"""The words of a command for PowerShell, and what Windows makes of them on the way to curl.exe."""

from __future__ import annotations

import re

from firstlight.formats.curl.split import NAME, Split, continues
from firstlight.formats.curl.windows_words import program_words

LEGACY = "$PSNativeCommandArgumentPassing = 'Legacy'"
"""With this line before it a command means the same in every PowerShell: quotes need a backslash (5.1 to 7.2)."""

_HERE = re.compile(r"@(['\"])[ \t]*\n(.*?)\n\1@", re.DOTALL)
_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_BACKSLASH = "\\"
_SINGLE = re.compile("((?:[^'\u2018-\u201b]+|['\u2018-\u201b]{2})*)(?:['\u2018-\u201b]|$)")
"""PowerShell takes typographic quotes for quotes."""
_DOUBLED = re.compile("['\u2018-\u201b]{2}")
_PLAIN_IN_DOUBLE = re.compile(r'[^"`$]+')
_BARE_QUOTE = re.compile(r'(?<!\\)(?:\\\\)*"')


def powershell_words(text: str, *, legacy: bool = False) -> Split:
    """Split the command that `text` begins with; `legacy` when the line LEGACY stood before it."""
    split = _Scanner(text.replace("\r\n", "\n")).run()
    if legacy or any('\\"' in word and not _BARE_QUOTE.search(word) for word in split.words):
        split.words = _as_passed(split.words)
    return split


def _as_passed(words: list[str]) -> list[str]:
    """Return what the program receives from a PowerShell that only joins the words."""
    return program_words(" ".join(_joined(word) for word in words))


def _joined(word: str) -> str:
    if not re.search(r"\s", word):
        return word
    return f'"{word}{word[len(word.rstrip(_BACKSLASH)) :]}"'


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._word: list[str] | None = None
        self._split = Split()

    def run(self) -> Split:
        """Go through the text once."""
        while self._at < len(self._text) and self._step():
            pass
        self._end_word()
        self._split.rest(self._text[self._at :])
        return self._split

    def _step(self) -> bool:
        text, at = self._text, self._at
        char = text[at]
        if text.startswith("`\n", at):
            self._at += 2
        elif char in " \t\n":
            self._end_word()
            if char == "\n" and self._split.words and not continues(text, at + 1):
                return False
            self._at += 1
        elif char in "|;&" or (char == "#" and self._word is None):
            return False
        elif found := _HERE.match(text, at) if self._word is None else None:
            self._at = found.end()
            self._add(found[2] if found[1] == "'" else self._filled(found[2]))
        elif char == "'":
            self._at += 1
            self._single()
        elif char == '"':
            self._at += 1
            self._double()
        else:
            self._add(self._character())
        return True

    def _single(self) -> None:
        found = _SINGLE.match(self._text, self._at)
        assert found is not None  # noqa: S101 - it matches anything
        self._at = found.end()
        self._add(_DOUBLED.sub(lambda pair: pair[0][0], found[1]))

    def _double(self) -> None:
        self._add("")
        while self._at < len(self._text):
            if run := _PLAIN_IN_DOUBLE.match(self._text, self._at):
                self._at = run.end()
                self._add(run[0])
            elif self._text.startswith('""', self._at):
                self._at += 2
                self._add('"')
            elif self._text[self._at] == '"':
                self._at += 1
                return
            else:
                self._add(self._character())

    def _filled(self, text: str) -> str:
        inner = _Scanner(text)
        made = []
        while inner._at < len(text):
            made.append(inner._character())
        self._split.notes += inner._split.notes
        return "".join(made)

    def _character(self) -> str:
        """Return what the next character stands for: itself, an escape, or a variable."""
        char = self._text[self._at]
        self._at += 1
        if char == "`":
            char = self._text[self._at : self._at + 1]
            self._at += 1
            return _ESCAPES.get(char, char)
        if char != "$":
            return char
        braces = self._text.startswith("{", self._at)
        start = self._at + braces
        start += 4 if self._text[start : start + 4].lower() == "env:" else 0
        found = NAME.match(self._text, start)
        if found is None:
            return char
        self._at = found.end() + braces
        return self._split.variable(found[0])

    def _add(self, text: str) -> None:
        self._word = self._word or []
        self._word.append(text)

    def _end_word(self) -> None:
        if self._word is not None:
            self._split.words.append("".join(self._word))
            self._word = None
