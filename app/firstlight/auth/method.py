"""The shape of an authorization method: the form, saving, masking and substitution follow from its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from firstlight.auth.occasion import Occasion
from firstlight.model.access_token import TokenRequest
from firstlight.model.prepared import PreparedRequest

TOKEN = "access_token"  # noqa: S105 - the name of a value
SCHEME = "access_token_scheme"
PROJECT = "access_token_project"
"""What `apply` finds among its values when the token that `acquire` names is there."""


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
    suggestions: tuple[str, ...] = ()
    """Values offered while one types; any other will do as well."""
    placeholder: str = ""
    help: str = ""
    """One sentence under the field; marked for translation."""
    needs: tuple[str, tuple[str, ...]] | None = None
    """(name of a field with choices, values): shown and used while that field has one of these values."""


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
    vendor: str = ""
    """Whose way it is; the menu parts those of different ones. Empty: everybody's."""
    acquire: Callable[[Mapping[str, str]], TokenRequest] | None = None
    """Say which token has to be obtained before `apply`, which then finds it under TOKEN. Pure.

    Raises ExchangeError (layer `variable`) when a required field is empty.
    """
    check: Callable[[Mapping[str, str]], TokenRequest] | None = None
    """Say how to ask the service about the token that the person has put in: what it is for, and until when. Pure."""

    def authorise(self, request: PreparedRequest, values: Mapping[str, str], occasion: Occasion) -> PreparedRequest:
        """Return the request with everything this method adds to it; nothing may be changed in it afterwards."""
        made = self.apply(request, values)
        return self.sign(made, values, occasion) if self.sign else made

    def fields_for(self, values: Mapping[str, str]) -> tuple[Field, ...]:
        """Return the fields that count with these values: those whose `needs` are met."""
        counting: dict[str, Field] = {}
        for field in self.fields:
            if field.needs is None or (
                field.needs[0] in counting and chosen(counting[field.needs[0]], values) in field.needs[1]
            ):
                counting[field.name] = field
        return tuple(counting.values())


def chosen(field: Field, values: Mapping[str, str]) -> str:
    """Return what a field with choices stands at: the first of them unless another was chosen."""
    return values.get(field.name) or field.choices[0][0]
