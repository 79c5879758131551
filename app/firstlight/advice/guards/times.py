"""Guards of time: 40 seconds at ModelArts, 5 seconds unless set otherwise at EAS (VENDORS §3.3, §5.4)."""

from __future__ import annotations

from firstlight.advice.guards.guard import Said, Situation
from firstlight.texts import Phrase

_TOKENS_PER_S = 50
"""What a fast service writes; more than this many times the limit cannot be done in time."""
_LENGTHS = ("max_tokens", "max_completion_tokens", "max_new_tokens")


def long_answer(situation: Situation) -> Said:
    """An answer that comes whole has to be ready within the limit."""
    limit_s = situation.limits.time_s or 0
    parameters = situation.fields.get("parameters")
    places = (situation.fields, parameters if isinstance(parameters, dict) else {})
    asked = [place[name] for place in places for name in _LENGTHS if isinstance(place.get(name), int)]
    if not asked or situation.fields.get("stream") is True or max(asked) <= limit_s * _TOKENS_PER_S:
        return None
    message = Phrase(
        "Up to {tokens} tokens are asked for in one piece; the gateway waits {time} s.",
        tokens=f"{max(asked):,}",
        time=f"{limit_s:g}",
    )
    if situation.is_of("eas"):
        return message, Phrase("Stream the answer, ask for fewer tokens, or raise metadata.rpc.keepalive.")
    return message, Phrase("Stream the answer, or ask for fewer tokens.")


def impatient(situation: Situation) -> Said:
    """A client that gives up before its gateway never sees the gateway's reason."""
    settings, limit_s = situation.sent.settings, situation.limits.time_s or 0
    first_s = settings.wait_timeout_s or settings.idle_timeout_s
    patience_s = min(time for time in (first_s, settings.total_timeout_s, limit_s) if time is not None)
    if patience_s >= limit_s:
        return None
    return (
        Phrase(
            "The request gives up after {time} s; the gateway answers within {limit} s.",
            time=f"{patience_s:g}",
            limit=f"{limit_s:g}",
        ),
        Phrase("Raise the timeout in the Settings tab above the gateway's."),
    )
