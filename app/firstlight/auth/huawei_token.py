"""A Huawei IAM token in X-Auth-Token (VENDORS §1, §3.2): ModelArts and Pangu V1."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.iam.call import address, check_call
from firstlight.auth.iam.regions import ENDPOINTS, GLOBAL_ENDPOINT
from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import with_header, without_blanks
from firstlight.auth.required import require
from firstlight.model.access_token import AccessToken, TokenRequest
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.model.response import Response
from firstlight.model.wire_url import wire_url
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    token = without_blanks(values.get("token", ""))
    if not token:
        raise failed(
            "variable",
            "empty-credential",
            Phrase("The IAM token is empty."),
            Phrase("Get one from IAM (its answer carries it in the X-Subject-Token header) and paste it here."),
        )
    return with_header(request, "X-Auth-Token", token, token)


def _check(values: Mapping[str, str]) -> TokenRequest:
    token = without_blanks(values.get("token", ""))
    require(token, Phrase("The IAM token is empty."))
    endpoint = values.get("endpoint", "")
    where = wire_url(address(endpoint))
    host = f"{where.scheme}://{where.authority}"

    def read(response: Response, now_s: float) -> AccessToken:
        from firstlight.auth.iam.answer import read_checked

        return read_checked(response, now_s, host, token)

    return TokenRequest(
        key=("huawei-check", host),
        proof="",
        name=Phrase("Check of a token at {host}", host=host),
        call=lambda _now_s: check_call(endpoint, token, values),
        read=read,
    )


METHOD = AuthMethod(
    kind="x-auth-token",
    label=N_("X-Auth-Token (Huawei IAM token)"),
    vendor="huawei",
    fields=(
        Field(
            name="token",
            label=N_("Token"),
            secret=True,
            placeholder="MII…",
            help=N_("Any length; line breaks and blanks from pasting are removed."),
        ),
        Field(
            name="endpoint",
            label=N_("IAM endpoint"),
            suggestions=ENDPOINTS,
            placeholder=GLOBAL_ENDPOINT,
            help=N_("Only for checking the token: it is shown to the IAM that issued it."),
        ),
    ),
    apply=_apply,
    check=_check,
    note=N_("ModelArts and Pangu need a token with project scope. A token is valid for 24 hours."),
)
