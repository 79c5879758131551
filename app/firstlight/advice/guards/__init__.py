"""GUARDS: what can be told to go wrong before a request is sent. One line per guard; pure functions."""

from __future__ import annotations

from collections.abc import Iterator

from firstlight.advice.guards import addresses, bodies, credentials, headers, sizes, times
from firstlight.advice.guards.guard import Guard, Situation
from firstlight.model.caution import Caution

GUARDS: tuple[Guard, ...] = (
    Guard("body-too-large", sizes.body_too_large, explains=(413, 400)),
    Guard("several-files", sizes.several_files, explains=(400, 422, 500, 200)),
    Guard("url-too-long", sizes.url_too_long, explains=(414,)),
    Guard("headers-too-long", sizes.headers_too_long, explains=(431, 494)),
    Guard("secret-in-clear", addresses.secret_in_clear),
    Guard("https-needed", addresses.https_needed, explains=(400, 403, 404, 497)),
    Guard("path-missing", addresses.path_missing, explains=(404, 405, 500)),
    Guard("post-needed", addresses.post_needed, explains=(404, 405)),
    Guard("websocket-channel", addresses.websocket_needed, explains=(400, 404, 405, 426)),
    Guard("credential-given-away", credentials.given_away),
    Guard("wrong-credential", credentials.wrong_kind, explains=(400, 401, 403, 404)),
    Guard("two-credentials", credentials.two_at_once, explains=(400, 401, 403)),
    Guard("row-not-sent", credentials.row_not_sent, explains=(401, 403)),
    Guard("domain-scope", credentials.domain_scope, explains=(400, 401, 403)),
    Guard("other-region", credentials.other_region, explains=(400, 401, 403, 404)),
    Guard("eas-token-after-bearer", credentials.eas_after_bearer, explains=(401,), afterwards=True),
    Guard(
        "two-addresses", credentials.two_addresses, (400, 401, 404), credentials.OF_THE_OTHER_ADDRESS, afterwards=True
    ),
    Guard("doubled-scheme", headers.doubled_scheme, explains=(400, 401, 403)),
    Guard("scheme-before-token", headers.scheme_before_token, explains=(400, 401, 403)),
    Guard("blanks-in-token", headers.blanks_in_token, explains=(400, 401, 403)),
    Guard("token-in-quotes", headers.token_in_quotes, explains=(400, 401, 403)),
    Guard("content-type-of-another-body", headers.content_type, explains=(400, 415, 422, 500)),
    Guard("get-with-body", bodies.get_with_body, explains=(400, 404, 405)),
    Guard("json-broken", bodies.json_broken, explains=(400, 422, 500)),
    Guard("stream-not-read", bodies.stream_not_read),
    Guard("path-does-not-stream", bodies.path_does_not_stream),
    Guard("several-choices-streamed", bodies.several_choices, explains=(400,)),
    Guard("long-answer", times.long_answer, explains=(408, 500, 504)),
    Guard("impatient", times.impatient),
)
"""In the order in which they are told."""


def cautions(situation: Situation) -> Iterator[Caution]:
    """Yield what every guard says."""
    for guard in GUARDS:
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
