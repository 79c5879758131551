"""The shape of an authorization method: the form, saving, masking and substitution follow from its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from firstlight.model.prepared import PreparedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input of a method's form."""

    name: str
    label: str
    """Marked for translation."""
    secret: bool = False
    """Masked on screen and in every output; saved in the secret store, never in a file."""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) pairs: the field is a combo box; the first is the default."""
    placeholder: str = ""
    help: str = ""
    """One sentence under the field; marked for translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthMethod:
    """One way to authorise a request."""

    kind: str
    """The word in files: never changes."""
    label: str
    fields: tuple[Field, ...] = ()
    apply: Callable[[PreparedRequest, Mapping[str, str]], PreparedRequest]
    """Return the request with this method's headers or parameters. Pure; comes last, after the body is encoded.

    Raises ExchangeError (layer `variable`) when a required field is empty.
    """
    note: str = ""
    """What a person must know before choosing it; marked for translation."""
