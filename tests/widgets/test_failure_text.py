"""A failure has a headline that fits what happened."""

from __future__ import annotations

from typing import get_args

import pytest

from firstlight.model.failure import Failure, Layer
from firstlight.texts import Phrase
from firstlight.ui.response.failure_text import LAYER_NAMES, headline


def failure(layer: Layer, kind: str) -> Failure:
    return Failure(layer=layer, kind=kind, message=Phrase("seen"))


@pytest.mark.parametrize("layer", get_args(Layer))
def test_every_layer_has_a_headline_and_a_name(layer: Layer) -> None:
    assert headline(failure(layer, "anything"))
    assert LAYER_NAMES[layer]


def test_what_was_never_sent_does_not_speak_of_an_answer() -> None:
    assert headline(failure("protocol", "bad-url")) == "The request cannot be sent like this"
    assert headline(failure("protocol", "bad-graphql-variables")) == "The request cannot be sent like this"
    assert headline(failure("protocol", "too-many-redirects")) == "The redirect was not followed"
    assert headline(failure("protocol", "not-http")) == "The answer is not understandable"
