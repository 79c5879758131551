"""The code grant with PKCE: the page for the browser, and what it is sent back with (RFC 6749 §4.1, 7636, 8252)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from firstlight.auth.oauth.calls import CODE, endpoint, token_call
from firstlight.auth.oauth.problems import refused
from firstlight.auth.placing import one_line
from firstlight.model.access_token import Consent
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import Phrase

_VERIFIER_LENGTH = 64


def consent(values: Mapping[str, str], redirect: str, random: str) -> Consent:
    """Return the page to open; `redirect` is where the answer comes to, `random` at least 96 letters for this once."""
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    verifier, state = random[:_VERIFIER_LENGTH], random[_VERIFIER_LENGTH:]
    page = prepare_grant_uri(
        endpoint(values, "auth_url", Phrase("Authorization URL")),
        one_line(values.get("client_id", "")),
        "code",
        redirect_uri=redirect,
        scope=one_line(values.get("scope", "")) or None,
        state=state,
        audience=one_line(values.get("audience", "")) or None,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )

    def answered(address: str) -> PreparedRequest:
        return _exchange(values, address, state, {"redirect_uri": redirect, "code_verifier": verifier})

    return Consent(page=page, answered=answered)


def _exchange(values: Mapping[str, str], address: str, state: str, shown_again: Mapping[str, str]) -> PreparedRequest:
    """Return the call that turns the code of the answer into a token."""
    from authlib.oauth2.rfc6749.errors import MismatchingStateException, MissingCodeException
    from authlib.oauth2.rfc6749.parameters import parse_authorization_code_response

    _refuse_errors(values, address)
    try:
        answer = parse_authorization_code_response(address, state)
    except MismatchingStateException as error:
        raise failed(
            "service",
            "oauth-wrong-state",
            Phrase("The browser came back with the answer to another question (the state differs)."),
            Phrase("Close older sign-in pages and send again. It may also be that somebody else has sent the answer."),
        ) from error
    except MissingCodeException as error:
        raise failed(
            "service",
            "oauth-no-code",
            Phrase("The browser came back without a code."),
            Phrase("Is the authorization URL right? Send again."),
        ) from error
    return token_call(values, CODE, {"code": answer["code"], **shown_again})


def _refuse_errors(values: Mapping[str, str], address: str) -> None:
    said = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
    if code := said.get("error", ""):
        host = urlsplit(endpoint(values, "auth_url", Phrase("Authorization URL"))).netloc
        raise refused(host, code, " · ".join(filter(None, (code, said.get("error_description", "")))))
