"""Keeps secrets out of what is said about failures and before sending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from firstlight.model.caution import Caution
from firstlight.model.events import Cancelled, Failed, Finished
from firstlight.model.explanation import Explanation
from firstlight.model.failure import ExchangeError, Failure
from firstlight.model.secrets import Masker
from firstlight.texts import Phrase

End = TypeVar("End", bound=Finished | Failed | Cancelled)


def masked(failure: Failure, masker: Masker) -> Failure:
    """Return `failure` with every known secret hidden: peers quote what they were sent."""
    return Failure(
        layer=failure.layer,
        kind=failure.kind,
        message=masked_phrase(failure.message, masker),
        hint=masked_phrase(failure.hint, masker),
    )


@contextmanager
def naming_no_secrets(secrets: Iterable[str]) -> Iterator[None]:
    """Mask `secrets` in an ExchangeError that is raised within."""
    try:
        yield
    except ExchangeError as error:
        raise ExchangeError(masked(error.failure, Masker.of(secrets))) from error


def masked_caution(caution: Caution, masker: Masker) -> Caution:
    """Return `caution` with every known secret hidden."""
    message, remedy = masked_phrase(caution.message, masker), masked_phrase(caution.remedy, masker)
    return msgspec.structs.replace(caution, message=message, remedy=remedy)


def masked_explanation(found: Explanation | None, masker: Masker) -> Explanation | None:
    """Return `found` with every known secret hidden in what the service said."""
    if found is None:
        return None
    said = {name: masker.mask(getattr(found, name)) for name in ("code", "said", "request_id")}
    return msgspec.structs.replace(found, **said)


def masked_end(end: End, masker: Masker) -> End:
    """Return the last event of an exchange with every known secret hidden."""
    if isinstance(end, Failed):
        end = msgspec.structs.replace(end, failure=masked(end.failure, masker))
    if isinstance(end, Finished | Failed):
        end = msgspec.structs.replace(end, explanation=masked_explanation(end.explanation, masker))
    return end


def masked_phrase(phrase: Phrase, masker: Masker) -> Phrase:
    """Return `phrase` with every known secret hidden in what is filled in."""
    if not phrase.values:
        return phrase
    shown = {
        name: masked_phrase(value, masker) if isinstance(value, Phrase) else masker.mask(value)
        for name, value in phrase.values
    }
    return Phrase(phrase.template, **shown)
