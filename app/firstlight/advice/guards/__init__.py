"""GUARDS: what can be told to go wrong before a request is sent. One line per guard; pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from firstlight.advice.guards import addresses, bodies, credentials, headers, sizes, times
from firstlight.advice.guards.guard import (
    BODY,
    CREDENTIAL,
    HEADER_ROWS,
    PLAIN_HTTP,
    TIME_LIMIT,
    Guard,
    Situation,
)
from firstlight.model.caution import Caution

_HUAWEI = ("modelarts", "apig", "pangu", "maas")

GUARDS: tuple[Guard, ...] = (
    Guard("body-too-large", sizes.body_too_large, about=(BODY,), explains=(413, 400)),
    Guard("several-files", sizes.several_files, about=(BODY,), explains=(400, 422, 500, 200)),
    Guard("url-too-long", sizes.url_too_long, of=_HUAWEI, explains=(414,)),
    Guard("headers-too-long", sizes.headers_too_long, of=_HUAWEI, explains=(431, 494)),
    Guard("secret-in-clear", addresses.secret_in_clear, about=(PLAIN_HTTP,)),
    Guard("https-needed", addresses.https_needed, about=(PLAIN_HTTP,), explains=(400, 403, 404, 497)),
    Guard("path-missing", addresses.path_missing, about=(BODY,), of=("eas", "modelarts"), explains=(404, 405, 500)),
    Guard("post-needed", addresses.post_needed, of=("modelarts",), explains=(404, 405)),
    Guard("websocket-channel", addresses.websocket_needed, explains=(400, 404, 405, 426)),
    Guard("credential-given-away", credentials.given_away, about=(CREDENTIAL,)),
    Guard("wrong-credential", credentials.wrong_kind, about=(CREDENTIAL,), explains=(400, 401, 403, 404)),
    Guard("two-credentials", credentials.two_at_once, about=(CREDENTIAL,), explains=(400, 401, 403)),
    Guard("row-not-sent", credentials.row_not_sent, about=(CREDENTIAL, HEADER_ROWS), explains=(401, 403)),
    Guard("domain-scope", credentials.domain_scope, explains=(400, 401, 403)),
    Guard("other-region", credentials.other_region, explains=(400, 401, 403, 404)),
    Guard(
        "eas-token-after-bearer",
        credentials.eas_after_bearer,
        about=(CREDENTIAL,),
        of=("eas",),
        explains=(401,),
        afterwards=True,
    ),
    Guard(
        "two-addresses",
        credentials.two_addresses,
        about=(CREDENTIAL,),
        of=("modelarts",),
        explains=(400, 401, 404),
        codes=credentials.OF_THE_OTHER_ADDRESS,
        afterwards=True,
    ),
    Guard("doubled-scheme", headers.doubled_scheme, about=(CREDENTIAL,), explains=(400, 401, 403)),
    Guard("scheme-before-token", headers.scheme_before_token, about=(CREDENTIAL,), explains=(400, 401, 403)),
    Guard("blanks-in-token", headers.blanks_in_token, about=(CREDENTIAL,), explains=(400, 401, 403)),
    Guard("token-in-quotes", headers.token_in_quotes, about=(CREDENTIAL,), explains=(400, 401, 403)),
    Guard("content-type-of-another-body", headers.content_type, about=(HEADER_ROWS,), explains=(400, 415, 422, 500)),
    Guard("get-with-body", bodies.get_with_body, about=(BODY,), explains=(400, 404, 405)),
    Guard("json-broken", bodies.json_broken, about=(BODY,), explains=(400, 422, 500)),
    Guard("stream-not-read", bodies.stream_not_read, about=(BODY,)),
    Guard("path-does-not-stream", bodies.path_does_not_stream, about=(BODY,)),
    Guard("several-choices-streamed", bodies.several_choices, about=(BODY,), of=("pangu",), explains=(400,)),
    Guard("long-answer", times.long_answer, about=(BODY, TIME_LIMIT), explains=(408, 500, 504)),
    Guard("impatient", times.impatient, about=(TIME_LIMIT,)),
)
"""In the order in which they are told."""


@lru_cache(maxsize=256)
def _asked(vendor: str, aspects: frozenset[str]) -> tuple[Guard, ...]:
    """Return the guards that are asked about such requests: three of them where a GET goes to an unknown service."""
    return tuple(guard for guard in GUARDS if aspects.issuperset(guard.about) and (not guard.of or vendor in guard.of))


def cautions(situation: Situation) -> Iterator[Caution]:
    """Yield what every guard says."""
    for guard in _asked(situation.vendor, situation.aspects):
        if said := guard.check(situation):
            message, remedy = said
            yield Caution(
                kind=guard.kind,
                message=message,
                remedy=remedy,
                explains=guard.explains,
                codes=guard.codes,
                afterwards=guard.afterwards,
            )
