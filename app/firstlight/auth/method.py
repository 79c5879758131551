"""The shape of an authorization method: the form, saving, masking and substitution follow from its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from firstlight.auth.occasion import Occasion
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
    sign: Callable[[PreparedRequest, Mapping[str, str], Occasion], PreparedRequest] | None = None
    """Return what `apply` returned, signed; its `signing` says how. Pure but for `Occasion.hash_body`."""
    note: str = ""
    """What a person must know before choosing it; marked for translation."""

    def authorise(self, request: PreparedRequest, values: Mapping[str, str], occasion: Occasion) -> PreparedRequest:
        """Return the request with everything this method adds to it; nothing may be changed in it afterwards."""
        made = self.apply(request, values)
        return self.sign(made, values, occasion) if self.sign else made
