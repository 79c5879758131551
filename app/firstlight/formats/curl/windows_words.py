"""The words of a command for Windows: cmd.exe reads `^` and `%NAME%`, then the program its own quotes."""

from __future__ import annotations

import re

from firstlight.formats.curl.split import Split, continues

_PROGRAM = re.compile(r'(\\*)(")|(\\+)|([ \t]+)|([^\\" \t]+)')
_EXPANSION = re.compile(r"%([A-Za-z_][A-Za-z0-9_]*)%")


def cmd_words(text: str) -> Split:
    """Split the first command of `text` as cmd.exe and then curl.exe do."""
    split = Split()
    line, end = _command_line(text.replace("\r\n", "\n"), split)
    split.words = program_words(line)
    split.rest(end)
    return split


def _command_line(text: str, split: Split) -> tuple[str, str]:
    """Return the line that cmd.exe hands to the program, and what follows the command."""
    line: list[str] = []
    at, quoted = 0, False
    while at < len(text):
        char = text[at]
        if char == "^" and not quoted:
            at += 2 if text.startswith("\n", at + 1) else 1  # a line that ends with ^ goes on
            line.append(text[at : at + 1])
        elif found := _EXPANSION.match(text, at):
            line.append(split.variable(found[1]))
            at = found.end() - 1
        elif char == "\n":
            quoted = False
            if line and not continues(text, at):
                break
            line.append(" ")
        elif char in "&|<>" and not quoted:
            break
        else:
            quoted ^= char == '"'
            line.append(char)
        at += 1
    return "".join(line), text[at:]


def program_words(line: str) -> list[str]:
    r"""Split a command line as Microsoft's C runtime does: `\"` is a quote, `""` within quotes is one, too."""
    words: list[str] = []
    word: str | None = None
    quoted = False
    for found in _PROGRAM.finditer(line):
        backslashes, quote, others, blanks, plain = found.groups()
        if quote:
            word = (word or "") + backslashes[: len(backslashes) // 2]
            if len(backslashes) % 2:
                word += '"'
            else:
                quoted = not quoted
        elif blanks and not quoted:
            words += [] if word is None else [word]
            word = None
        else:
            word = (word or "") + (others or blanks or plain)
    return words + ([] if word is None else [word])
