"""A Huawei IAM token that is fetched when a request needs one (VENDORS §1), and sent in X-Auth-Token."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from firstlight.auth.iam.call import address, is_id, token_call
from firstlight.auth.iam.regions import ENDPOINTS, GLOBAL_ENDPOINT, REGIONS
from firstlight.auth.method import TOKEN, AuthMethod, Field
from firstlight.auth.placing import one_line, with_header, without_blanks
from firstlight.auth.required import require_fields
from firstlight.model.access_token import AccessToken, TokenRequest
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.model.response import Response
from firstlight.model.wire_url import wire_url
from firstlight.texts import N_, Phrase

PASSWORD, MFA, KEYS = "password", "mfa", "aksk"
_WITH_USER = ("sign_in", (PASSWORD, MFA))

_FIELDS = (
    Field(
        name="endpoint",
        label=N_("IAM endpoint"),
        suggestions=ENDPOINTS,
        placeholder=GLOBAL_ENDPOINT,
        help=N_("Type a region to choose its endpoint. A private cloud has an address of its own."),
    ),
    Field(
        name="sign_in",
        label=N_("Sign in with"),
        choices=(
            (PASSWORD, N_("Password")),
            (MFA, N_("Password and MFA")),
            (KEYS, N_("AK/SK (from Huawei's kit)")),
        ),
    ),
    Field(
        name="account",
        label=N_("Account name"),
        help=N_("The account (domain) that the user belongs to; the console shows it under My Credentials."),
    ),
    Field(
        name="user",
        label=N_("IAM user"),
        needs=_WITH_USER,
        help=N_("Name or id. A HUAWEI ID cannot get a token: make an IAM user for it."),
    ),
    Field(name="password", label=N_("Password"), secret=True, needs=_WITH_USER),
    Field(
        name="passcode",
        label=N_("MFA code or key"),
        secret=True,
        needs=("sign_in", (MFA,)),
        help=N_("The six digits of the authenticator, or its secret key: then the code is made for each token."),
    ),
    Field(name="ak", label=N_("Access key (AK)"), needs=("sign_in", (KEYS,))),
    Field(name="sk", label=N_("Secret key (SK)"), secret=True, needs=("sign_in", (KEYS,))),
    Field(
        name="scope",
        label=N_("Scope"),
        choices=(("project", N_("Project (ModelArts, Pangu)")), ("domain", N_("Domain (refused by ModelArts)"))),
    ),
    Field(
        name="project",
        label=N_("Project"),
        suggestions=REGIONS,
        placeholder="cn-north-4",
        needs=("scope", ("project",)),
        help=N_("Name or id. The default project of a region is named like the region."),
    ),
    Field(
        name="certificate",
        label=N_("Certificate of IAM"),
        choices=(("verify", N_("Verify")), ("ignore", N_("Do not verify (unsafe)"))),
    ),
)


def _acquire(values: Mapping[str, str]) -> TokenRequest:
    values = {name: value for name, value in values.items() if value.strip()}
    require_fields(METHOD.fields_for(values), _needed(values), values)
    call_url = address(values.get("endpoint", ""))
    where = wire_url(call_url)
    sign_in = values.get("sign_in", PASSWORD)
    host = f"{where.scheme}://{where.authority}"

    def read(response: Response, now_s: float) -> AccessToken:
        from firstlight.auth.iam.answer import read_issued  # what reads dates is loaded with the first answer

        return read_issued(response, now_s, host, sign_in)

    return TokenRequest(
        key=("huawei-iam", call_url, sign_in, *_who(values)),
        proof=_digest(values.get("sk" if sign_in == KEYS else "password", "")),
        once=_digest(values.get("passcode", "")) if sign_in == MFA else "",
        name=Phrase("IAM token from {host}", host=host),
        call=lambda now_s: token_call(values, now_s),
        read=read,
    )


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _who(values: Mapping[str, str]) -> tuple[str, ...]:
    scope = values.get("scope", "project")
    names = ("account", "ak" if values.get("sign_in") == KEYS else "user", "project" if scope == "project" else "")
    return (scope, *(one_line(values.get(name, "")) for name in names))


def _needed(values: Mapping[str, str]) -> frozenset[str]:
    """Return the fields that must not be empty; the account is known where the user is named by id."""
    needed = {"user", "password", "passcode", "ak", "sk", "project"}
    by_id = values.get("sign_in") == KEYS or is_id(one_line(values.get("user", "")))
    if not by_id or values.get("scope") == "domain":
        needed.add("account")
    return frozenset(needed)


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    token = without_blanks(values.get(TOKEN, ""))
    if not token:
        raise failed("variable", "empty-credential", Phrase("The IAM token was not obtained yet."))
    return with_header(request, "X-Auth-Token", token, token)


METHOD = AuthMethod(
    kind="huawei-iam",
    label=N_("Huawei IAM token (fetched)"),
    vendor="huawei",
    fields=_FIELDS,
    apply=_apply,
    acquire=_acquire,
    note=N_(
        "Signs in to IAM when a request needs a token, keeps the token in the secret store and renews it before it "
        "expires."
    ),
)
