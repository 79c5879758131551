"""A PAI-EAS service token, raw in Authorization: no scheme word before it, nothing trimmed off it (VENDORS §5.2)."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import one_line, with_header
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    token = one_line(values.get("token", ""))
    if not token:
        raise failed(
            "variable",
            "empty-credential",
            Phrase("The EAS token is empty."),
            Phrase("Copy it from the invocation information of the service and paste it on the Authorization tab."),
        )
    return with_header(request, "Authorization", token, token)


METHOD = AuthMethod(
    kind="eas-token",
    label=N_("EAS token (raw Authorization)"),
    fields=(
        Field(
            name="token",
            label=N_("Token"),
            secret=True,
            help=N_("Sent as it is, without the word Bearer. Each service has its own token."),
        ),
    ),
    apply=_apply,
)
