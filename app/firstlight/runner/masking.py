"""Keeps secrets out of what is said about failures and before sending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from firstlight.model.caution import Caution
from firstlight.model.failure import ExchangeError, Failure
from firstlight.model.secrets import Masker
from firstlight.texts import Phrase


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


def masked_phrase(phrase: Phrase, masker: Masker) -> Phrase:
    """Return `phrase` with every known secret hidden in what is filled in."""
    if not phrase.values:
        return phrase
    shown = {
        name: masked_phrase(value, masker) if isinstance(value, Phrase) else masker.mask(value)
        for name, value in phrase.values
    }
    return Phrase(phrase.template, **shown)
