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
    Check,
    Guard,
    Situation,
)
from firstlight.model.caution import Caution

_HUAWEI = ("modelarts", "apig", "pangu", "maas")


def _guard(
    kind: str,
    check: Check,
    *about: str,
    explains: tuple[int, ...] = (),
    of: tuple[str, ...] = (),
    codes: tuple[str, ...] = (),
    afterwards: bool = False,
) -> Guard:
    return Guard(kind, check, explains, codes, afterwards, frozenset(about), of)


GUARDS: tuple[Guard, ...] = (
    _guard("body-too-large", sizes.body_too_large, BODY, explains=(413, 400)),
    _guard("several-files", sizes.several_files, BODY, explains=(400, 422, 500, 200)),
    _guard("url-too-long", sizes.url_too_long, of=_HUAWEI, explains=(414,)),
    _guard("headers-too-long", sizes.headers_too_long, of=_HUAWEI, explains=(431, 494)),
    _guard("secret-in-clear", addresses.secret_in_clear, PLAIN_HTTP),
    _guard("https-needed", addresses.https_needed, PLAIN_HTTP, explains=(400, 403, 404, 497)),
    _guard("path-missing", addresses.path_missing, BODY, of=("eas", "modelarts"), explains=(404, 405, 500)),
    _guard("post-needed", addresses.post_needed, of=("modelarts",), explains=(404, 405)),
    _guard("websocket-channel", addresses.websocket_needed, explains=(400, 404, 405, 426)),
    _guard("credential-given-away", credentials.given_away, CREDENTIAL),
    _guard("wrong-credential", credentials.wrong_kind, CREDENTIAL, explains=(400, 401, 403, 404)),
    _guard("two-credentials", credentials.two_at_once, CREDENTIAL, explains=(400, 401, 403)),
    _guard("row-not-sent", credentials.row_not_sent, CREDENTIAL, HEADER_ROWS, explains=(401, 403)),
    _guard("domain-scope", credentials.domain_scope, explains=(400, 401, 403)),
    _guard("other-region", credentials.other_region, explains=(400, 401, 403, 404)),
    _guard(
        "eas-token-after-bearer",
        credentials.eas_after_bearer,
        CREDENTIAL,
        of=("eas",),
        explains=(401,),
        afterwards=True,
    ),
    _guard(
        "two-addresses",
        credentials.two_addresses,
        CREDENTIAL,
        of=("modelarts",),
        explains=(400, 401, 404),
        codes=credentials.OF_THE_OTHER_ADDRESS,
        afterwards=True,
    ),
    _guard("doubled-scheme", headers.doubled_scheme, CREDENTIAL, explains=(400, 401, 403)),
    _guard("scheme-before-token", headers.scheme_before_token, CREDENTIAL, explains=(400, 401, 403)),
    _guard("blanks-in-token", headers.blanks_in_token, CREDENTIAL, explains=(400, 401, 403)),
    _guard("token-in-quotes", headers.token_in_quotes, CREDENTIAL, explains=(400, 401, 403)),
    _guard("content-type-of-another-body", headers.content_type, HEADER_ROWS, explains=(400, 415, 422, 500)),
    _guard("get-with-body", bodies.get_with_body, BODY, explains=(400, 404, 405)),
    _guard("json-broken", bodies.json_broken, BODY, explains=(400, 422, 500)),
    _guard("stream-not-read", bodies.stream_not_read, BODY),
    _guard("path-does-not-stream", bodies.path_does_not_stream, BODY),
    _guard("several-choices-streamed", bodies.several_choices, BODY, of=("pangu",), explains=(400,)),
    _guard("long-answer", times.long_answer, BODY, TIME_LIMIT, explains=(408, 500, 504)),
    _guard("impatient", times.impatient, TIME_LIMIT),
)
"""In the order in which they are told."""


@lru_cache(maxsize=256)
def _asked(vendor: str, aspects: frozenset[str]) -> tuple[Guard, ...]:
    """Return the guards that are asked about such requests: a dozen of them where a GET goes to an unknown service."""
    return tuple(guard for guard in GUARDS if guard.about <= aspects and (not guard.of or vendor in guard.of))


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
