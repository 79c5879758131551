"""What the refusals of OAuth 2.0 mean and what to do about them (RFC 6749 §4.1.2.1, §5.2)."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.model.failure import ExchangeError, failed
from firstlight.texts import N_, Phrase

_MEANINGS: Mapping[str, tuple[str, str]] = {
    "invalid_client": (
        N_("the service does not know this client, or its secret is wrong"),
        N_("Check client ID and client secret; some services want them in the body, others in the header."),
    ),
    "invalid_grant": (
        N_("what was shown is wrong or has expired: user and password, the code, or the renewal"),
        N_("Check user and password. A code is good for one use within a minute or so: sign in again."),
    ),
    "unauthorized_client": (
        N_("this client may not use this grant"),
        N_("Choose the grant that the service's administrator has allowed for this client."),
    ),
    "unsupported_grant_type": (
        N_("the service does not offer this grant"),
        N_("Choose another grant; the documentation of the service names those it offers."),
    ),
    "invalid_scope": (
        N_("the scope is unknown, or too wide for this client"),
        N_("Correct Scope: words with blanks between them, as the service spells them; or leave it empty."),
    ),
    "invalid_request": (
        N_("a parameter is missing, or there is one too many"),
        N_("The message of the service says which. Some services want an audience, or the client in the body."),
    ),
    "access_denied": (
        N_("the answer in the browser was no"),
        N_("Send again and allow it, or ask the service's administrator."),
    ),
    "unsupported_response_type": (
        N_("the service issues no codes to this client"),
        N_("Choose another grant, or have the code grant allowed for this client."),
    ),
    "server_error": (N_("the service has an error of its own"), N_("Try again later.")),
    "temporarily_unavailable": (N_("the service is busy"), N_("Try again in a minute.")),
}
_OTHER = (
    N_("no token was issued"),
    N_("Is this the token URL? It ends often in /token. The answer is in the Console."),
)


def refused(host: str, code: str, quoted: str) -> ExchangeError:
    """Return the failure for the error `code` of the service at `host`; `quoted` is what it said."""
    meaning, remedy = _MEANINGS.get(code, _OTHER)
    message = Phrase("{host}: {meaning} ({answer}).", host=host, meaning=Phrase(meaning), answer=quoted)
    kind = f"oauth-{code.replace('_', '-')}" if code in _MEANINGS else "oauth-refused"
    return failed("service", kind, message, Phrase(remedy))
