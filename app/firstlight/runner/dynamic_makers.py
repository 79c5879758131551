"""Makes the values of dynamic variables that are more than one word of a list."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address

from firstlight.runner import dynamic_words as words


def of(entries: Sequence[str]) -> Callable[[], str]:
    """Return a maker that draws one of `entries`."""
    return lambda: random.choice(entries)


def several(make: Callable[[], str], fewest: int, most: int, between: str = " ") -> Callable[[], str]:
    """Return a maker that joins some values of another one."""
    return lambda: between.join(make() for _ in range(random.randint(fewest, most)))


def pattern(shape: str) -> Callable[[], str]:
    """Return a maker that puts a digit in the place of every `#`, a capital for `@`, a letter or digit for `*`."""
    alphabets = {"#": string.digits, "@": string.ascii_uppercase, "*": string.ascii_letters + string.digits}
    return lambda: "".join(random.choice(alphabets[mark]) if mark in alphabets else mark for mark in shape)


def timestamp() -> str:
    """Return the seconds since 1970."""
    return str(int(time.time()))


def iso_timestamp() -> str:
    """Return the time in UTC, to the millisecond."""
    return _iso(datetime.now(UTC))


def integer() -> str:
    """Return 0 to 1000, as Postman does."""
    return str(random.randint(0, 1000))


def hex_color() -> str:
    """Return red, green and blue as a style sheet writes them."""
    return f"#{random.getrandbits(24):06x}"


def full_name() -> str:
    """Return a first and a last name."""
    return f"{random.choice(words.FIRST_NAMES)} {random.choice(words.LAST_NAMES)}"


def user_name() -> str:
    """Return a name to log in with."""
    return f"{random.choice(words.FIRST_NAMES)}_{random.choice(words.LAST_NAMES)}{random.randint(1, 99)}".lower()


def job_title() -> str:
    """Return what somebody does."""
    parts = (words.JOB_DESCRIPTORS, words.JOB_AREAS, words.JOB_TYPES)
    return " ".join(random.choice(part) for part in parts)


def company() -> str:
    """Return the name of a company that does not exist."""
    return f"{random.choice(words.LAST_NAMES)} {random.choice(words.COMPANY_SUFFIXES)}"


def street_address() -> str:
    """Return a house number and a street."""
    return f"{random.randint(1, 299)} {random.choice(words.STREETS)}"


def domain_word() -> str:
    """Return the middle of a domain name."""
    return f"{random.choice(words.NOUNS)}{random.randint(1, 999)}"


def domain() -> str:
    """Return a domain name. It may exist: see example_email for one that never does."""
    return f"{domain_word()}.{random.choice(words.DOMAIN_SUFFIXES)}"


def email() -> str:
    """Return an address at a made-up domain."""
    return f"{user_name()}@{domain()}"


def example_email() -> str:
    """Return an address at one of the domains that RFC 2606 keeps free."""
    return f"{user_name()}@{random.choice(words.EXAMPLE_DOMAINS)}"


def url() -> str:
    """Return an address of a made-up site."""
    return f"{random.choice(words.PROTOCOLS)}://{domain()}"


def ipv4() -> str:
    """Return four numbers."""
    return ".".join(str(random.randint(1, 254)) for _ in range(4))


def ipv6() -> str:
    """Return eight groups, none left out."""
    return IPv6Address(random.getrandbits(128)).exploded


def mac() -> str:
    """Return six bytes."""
    return ":".join(f"{random.randint(0, 255):02x}" for _ in range(6))


def semver() -> str:
    """Return a version of three numbers."""
    return ".".join(str(random.randint(0, 9)) for _ in range(3))


def degrees(most: int) -> Callable[[], str]:
    """Return a maker of a place on the globe, to four decimals."""
    return lambda: f"{random.uniform(-most, most):.4f}"


def price() -> str:
    """Return an amount with two decimals."""
    return f"{random.randint(1, 99999) / 100:.2f}"


def product_name() -> str:
    """Return something to sell."""
    parts = (words.PRODUCT_ADJECTIVES, words.PRODUCT_MATERIALS, words.PRODUCTS)
    return " ".join(random.choice(part) for part in parts)


def iban() -> str:
    """Return an IBAN of the German shape whose check digits are right (ISO 13616)."""
    account = "".join(random.choices(string.digits, k=18))
    check = 98 - int(f"{account}131400") % 97  # D is 13, E is 14
    return f"DE{check:02d}{account}"


def day(earliest: int, latest: int) -> Callable[[], str]:
    """Return a maker of a moment between `earliest` and `latest` days from now."""

    def make() -> str:
        return _iso(datetime.now(UTC) + timedelta(seconds=random.randint(earliest * 86_400, latest * 86_400)))

    return make


def phrase() -> str:
    """Return a sentence that says little."""
    adjective, verb = random.choice(words.ADJECTIVES), random.choice(words.VERBS).capitalize()
    return f"{verb} the {adjective} {random.choice(words.NOUNS)} before the {random.choice(words.NOUNS)}!"


def sentence() -> str:
    """Return four to ten words of no language."""
    return several(of(words.LOREM), 4, 10)().capitalize() + "."


def file_name(extensions: Sequence[str]) -> Callable[[], str]:
    """Return a maker of a name with one of these endings."""
    return lambda: f"{random.choice(words.ADJECTIVES)}_{random.choice(words.NOUNS)}.{random.choice(extensions)}"


def file_path() -> str:
    """Return a path of a file on Linux."""
    return f"{random.choice(words.DIRECTORIES)}/{file_name(words.FILE_EXTENSIONS)()}"


paragraph = several(sentence, 3, 5)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
