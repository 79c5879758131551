"""The words of a command for bash or another POSIX shell (POSIX 2.2 quoting, bash's $'…')."""

from __future__ import annotations

import re

from firstlight.formats.curl.split import NAME, Split, continues
from firstlight.texts import N_

_CONTINUATION = re.compile(r"\\[ \t]*\r?\n")
_LOST_CONTINUATION = re.compile(r"\\[ \t]+(?=-)")
"""A command that went through a field of one line: nobody writes an escaped blank before an option."""
_PLACEHOLDER = re.compile(r"<[^<>|&;\n]+>")
_REDIRECTION = re.compile(r"(?:[0-9]|&)?(?:>>?|<)(?:&[0-9]|[ \t]*[^\s|&;<>]+)")
_PLAIN = re.compile(r"[A-Za-z0-9_./:=,@%+-]+")
_PLAIN_IN_DOUBLE = re.compile(r'[^"\\$`]+')
_ANSI = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(.)|(.))", re.DOTALL
)
_ANSI_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def bash_words(text: str) -> Split:
    """Split the first command of `text` into its words."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._word: list[str] | None = None
        self._split = Split()

    def run(self) -> Split:
        """Go through the text once."""
        while self._at < len(self._text):
            if not self._step():
                self._split.rest(self._text[self._at :])
                break
        self._end_word()
        return self._split

    def _step(self) -> bool:
        """Take one unit; False where the command ends."""
        text, at = self._text, self._at
        char = text[at]
        if found := _CONTINUATION.match(text, at) or _LOST_CONTINUATION.match(text, at):
            if found.re is _LOST_CONTINUATION:
                self._end_word()
            self._at = found.end()
        elif char in " \t\r\n":
            self._end_word()
            self._at += 1
            return char != "\n" or not self._split.words or continues(text, self._at)
        elif char == "#" and self._word is None:
            self._at = (text + "\n").index("\n", at)
        elif found := _PLACEHOLDER.match(text, at):  # `<url>` on a vendor's page: nobody redirects from there
            self._add(found[0])
            self._at = found.end()
        elif self._is_literal(char):
            self._quoted_or_plain(char)
        elif found := _REDIRECTION.match(text, at):
            if "<" in found[0]:
                self._split.note(N_("The input {text} was left out."), text=found[0])
            self._at = found.end()
        else:
            return False
        return True

    def _is_literal(self, char: str) -> bool:
        """Tell whether a character belongs to a word, although some stand for the shell elsewhere."""
        if char in "0123456789&" and self._word is None and _REDIRECTION.match(self._text, self._at):
            return False
        if char == "&":  # an address that somebody forgot to quote
            return self._word is not None and bool(re.match(r"&[^\s&]", self._text[self._at : self._at + 2]))
        return char not in "|;<>"

    def _quoted_or_plain(self, char: str) -> None:
        text = self._text
        self._at += 1
        if char == "'":
            self._add(self._until("'"))
        elif char == '"':
            self._double()
        elif char == "\\":
            self._add(text[self._at : self._at + 1])
            self._at += 1
        elif char == "$" and text.startswith("'", self._at):
            self._at += 1
            self._ansi()
        elif char == "$" and text.startswith('"', self._at):
            self._at += 1
            self._double()
        else:
            self._add(self._expanded(char))
            if run := _PLAIN.match(text, self._at):
                self._add(run[0])
                self._at = run.end()

    def _until(self, quote: str) -> str:
        end = self._text.find(quote, self._at)
        end = len(self._text) if end < 0 else end
        inside = self._text[self._at : end]
        self._at = end + 1
        return inside

    def _double(self) -> None:
        self._add("")
        while self._at < len(self._text):
            if run := _PLAIN_IN_DOUBLE.match(self._text, self._at):
                self._add(run[0])
                self._at = run.end()
                continue
            char = self._text[self._at]
            self._at += 1
            if char == '"':
                return
            if char == "\\" and self._text[self._at : self._at + 1] in {"$", "`", '"', "\\", "\n"}:
                char = self._text[self._at].replace("\n", "")
                self._at += 1
                self._add(char)
            else:
                self._add(self._expanded(char))

    def _ansi(self) -> None:
        found = re.compile(r"((?:[^'\\]|\\.)*)(?:'|$)", re.DOTALL).match(self._text, self._at)
        if found is None:  # ends with a backslash
            self._add(self._until("'"))
            return
        self._at = found.end()
        self._add(_ANSI.sub(_ansi_character, found[1]))

    def _expanded(self, char: str) -> str:
        """Return what a plain character stands for: itself, or the variable that begins here."""
        if char == "`" or (char == "$" and self._text.startswith("(", self._at)):
            self._split.note(N_("The shell's command substitution was not run; it stands in the request as text."))
        if char != "$":
            return char
        braces = self._text.startswith("{", self._at)
        found = NAME.match(self._text, self._at + braces)
        if found is None or (braces and not self._text.startswith("}", found.end())):
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


def _ansi_character(found: re.Match[str]) -> str:
    octal, short, four, eight, control, other = found.groups()
    if control:
        return chr(ord(control.upper()) & 0x1F)
    if other:
        return _ANSI_LETTERS.get(other, other if other in "\\'\"?" else "\\" + other)
    code = int(octal, 8) & 0xFF if octal else int(short or four or eight, 16)
    return chr(code) if code <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
