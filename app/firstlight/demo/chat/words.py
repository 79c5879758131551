"""Cuts text into the pieces that the chat model counts as tokens: words with their blank, marks, Chinese characters.

Joining the pieces gives the text back. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_PIECE = re.compile(r"[\u3400-\u9fff]|\s?[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*|\s?[^\sA-Za-z0-9\u3400-\u9fff]|\s")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SENTENCE_ENDS = frozenset(".!?。！？")

_COMMON = frozenset(
    {
        "a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could",
        "did", "do", "does", "for", "from", "give", "had", "has", "have", "he", "her", "him", "his", "how", "i",
        "if", "in", "into", "is", "it", "its", "let", "like", "may", "me", "more", "most", "my", "no", "not", "now",
        "of", "on", "one", "or", "our", "please", "she", "should", "so", "some", "tell", "than", "that", "the",
        "their", "them", "then", "there", "these", "they", "this", "those", "to", "up", "us", "very", "was", "we",
        "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "write", "you", "your",
        "introduce", "explain", "describe", "talk", "say", "poem", "story",
    }
)  # fmt: skip
_COMMON_CHINESE = frozenset(
    "的了是在我有和就不人都一个上也很到说要去你会着没看好自己这那他她它们吗呢吧请介绍一下什么怎么关于写首给念"
)


def split(text: str) -> list[str]:
    """Return the pieces of `text`, in order."""
    return _PIECE.findall(text)


def count(text: str) -> int:
    """Return how many tokens `text` is."""
    return len(split(text))


def ends_sentence(piece: str) -> bool:
    """Tell whether a piece closes a sentence."""
    return piece.strip() in _SENTENCE_ENDS


def is_chinese(text: str) -> bool:
    """Tell whether an answer to `text` should be Chinese: one character in four is enough, code and names aside."""
    return len(_CHINESE.findall(text)) * 4 >= len(re.findall(r"\w", text)) > 0


def topics(text: str) -> list[str]:
    """Return the words of `text` that carry its subject: rare words, or pairs of Chinese characters.

    A text of common words alone (“你好”) is about those.
    """
    everything = subjects(text)
    rare = [word for word in everything if word not in _COMMON and not set(word) <= _COMMON_CHINESE]
    return rare or everything


def subjects(text: str) -> list[str]:
    """Return everything in `text` by which it may be found, common or not."""
    pieces = [piece.strip().lower() for piece in split(text)]
    english = [_stem(word) for word in pieces if word.isascii() and word[:1].isalnum()]
    return english + [one + two for one, two in _neighbours(text)]


def _neighbours(text: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, two) for one, two in pairwise(text) if _CHINESE.match(one) and _CHINESE.match(two)]


def _stem(word: str) -> str:
    """Make rivers, river's and river one word."""
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
