"""OAuth 2.0: a bearer token, fetched when a request needs one: for the client, a password, or in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from firstlight.auth.method import SCHEME, TOKEN, AuthMethod, Field
from firstlight.auth.oauth.calls import CLIENT, CODE, PASSWORD, endpoint, grant_call, token_call
from firstlight.auth.placing import one_line, with_header
from firstlight.auth.required import require_fields
from firstlight.model.access_token import AccessToken, Consent, TokenRequest
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.model.response import Response
from firstlight.texts import N_, Phrase

_FIELDS = (
    Field(
        name="grant",
        label=N_("Grant"),
        choices=(
            (CLIENT, N_("Client credentials")),
            (PASSWORD, N_("Password")),
            (CODE, N_("Authorization code (browser, PKCE)")),
        ),
    ),
    Field(
        name="auth_url",
        label=N_("Authorization URL"),
        placeholder="https://…/authorize",
        needs=("grant", (CODE,)),
        help=N_("The page on which a person signs in. It is opened in the system's browser."),
    ),
    Field(name="token_url", label=N_("Token URL"), placeholder="https://…/token"),
    Field(name="client_id", label=N_("Client ID")),
    Field(
        name="client_secret",
        label=N_("Client secret"),
        secret=True,
        help=N_("Empty for a public client, which has none."),
    ),
    Field(name="username", label=N_("User name"), needs=("grant", (PASSWORD,))),
    Field(name="password", label=N_("Password"), secret=True, needs=("grant", (PASSWORD,))),
    Field(name="scope", label=N_("Scope"), help=N_("Words with blanks between them; may be empty.")),
    Field(name="audience", label=N_("Audience"), help=N_("Which service the token is for; most want none.")),
    Field(
        name="redirect",
        label=N_("Callback URL"),
        placeholder="http://127.0.0.1/callback",
        needs=("grant", (CODE,)),
        help=N_(
            "On this machine. Without a port any free one is taken; give one where the service wants it registered."
        ),
    ),
    Field(
        name="client_in",
        label=N_("Client is sent in"),
        choices=(("header", N_("The header (Basic)")), ("body", N_("The body"))),
    ),
    Field(
        name="certificate",
        label=N_("Certificate"),
        choices=(("verify", N_("Verify")), ("ignore", N_("Do not verify (unsafe)"))),
    ),
)
_NEEDED = frozenset({"token_url", "client_id", "auth_url", "username", "password"})


def _acquire(values: Mapping[str, str]) -> TokenRequest:
    require_fields(METHOD.fields_for(values), _NEEDED, values)
    grant = values.get("grant") or CLIENT
    token_url = endpoint(values, "token_url", Phrase("Token URL"))
    host = urlsplit(token_url).netloc
    scope = one_line(values.get("scope", ""))
    names = ("client_id", "username", "audience", "auth_url")
    shown = "\0".join(values.get(name, "") for name in ("client_secret", "password"))

    def read(response: Response, now_s: float) -> AccessToken:
        from firstlight.auth.oauth.answer import read_token

        return read_token(response, now_s, host, scope)

    return TokenRequest(
        key=("oauth2", token_url, grant, scope, *(one_line(values.get(name, "")) for name in names)),
        proof=sha256(shown.encode("utf-8", "replace")).hexdigest(),
        name=Phrase("OAuth 2.0 token from {host}", host=host),
        call=None if grant == CODE else lambda _now_s: grant_call(values),
        read=read,
        renew=lambda old: token_call(values, "refresh_token", {"refresh_token": old.refresh, "scope": scope}),
        consent=_consent_of(values) if grant == CODE else None,
        redirect=one_line(values.get("redirect", "")),
    )


def _consent_of(values: Mapping[str, str]) -> Callable[[str, str], Consent]:
    endpoint(values, "auth_url", Phrase("Authorization URL"))

    def ask(redirect: str, random: str) -> Consent:
        from firstlight.auth.oauth.consent import consent

        return consent(values, redirect, random)

    return ask


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    token = values.get(TOKEN, "")
    if not token:
        raise failed("variable", "empty-credential", Phrase("The OAuth 2.0 token was not obtained yet."))
    return with_header(request, "Authorization", f"{values.get(SCHEME) or 'Bearer'} {token}", token)


METHOD = AuthMethod(
    kind="oauth2",
    label=N_("OAuth 2.0"),
    fields=_FIELDS,
    apply=_apply,
    acquire=_acquire,
    note=N_("Fetches a token when a request needs one, keeps it in the secret store and renews it before it expires."),
)
