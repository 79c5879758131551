"""A Huawei IAM token in X-Auth-Token (VENDORS §1, §3.2): ModelArts and Pangu V1."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import with_header, without_blanks
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
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


METHOD = AuthMethod(
    kind="x-auth-token",
    label=N_("X-Auth-Token (Huawei IAM token)"),
    fields=(
        Field(
            name="token",
            label=N_("Token"),
            secret=True,
            placeholder="MII…",
            help=N_("Any length; line breaks and blanks from pasting are removed."),
        ),
    ),
    apply=_apply,
    note=N_("ModelArts and Pangu need a token with project scope. A token is valid for 24 hours."),
)
