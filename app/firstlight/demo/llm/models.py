"""The chat models that are deployed in the demo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One deployed chat model; `deployment_id` is its name in Pangu V1 addresses."""

    name: str
    deployment_id: str
    reasoning: bool = False


CHAT = Model(name="demo-chat", deployment_id="8d41b7f0-2e6a-4c95-b3d8-1f70a9c5e264")
REASONER = Model(name="demo-reasoner", deployment_id="f60c92ad-5b13-47e8-9a2f-c48e0b7d6135", reasoning=True)
MODELS = (CHAT, REASONER)


def find(name: object) -> Model | None:
    """Return the model of that name, spelled exactly."""
    return next((model for model in MODELS if model.name == name), None)
