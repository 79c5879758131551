"""Under which names strangers can have names of their own: `com`, `com.cn`, `github.io` (publicsuffix.org). Pure.

The list comes with its library, imported when the first cookie asks for a Domain: 20 to 50 ms, 2 MB.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def is_public_suffix(domain: str) -> bool:
    """Tell whether names below `domain` may belong to different owners. It is in small letters, as it travels.

    A single label that nobody listed, such as `local`, counts as one.
    """
    return "." not in domain or suffixes().is_public(_in_letters(domain))


@cache
def suffixes() -> PublicSuffixList:
    """Return the list; the first call reads it."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_encoded_idn=False)  # encoding the names of all scripts would take 70 ms more


def _in_letters(domain: str) -> str:
    """Return a name as it is written: `xn--55qx5d.cn` is 公司.cn."""
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode().decode("idna")
    except UnicodeError:
        return domain
