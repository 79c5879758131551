"""A PAI-EAS service token in Authorization: raw, or after Bearer; nothing is trimmed off it (VENDORS §5.2)."""

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
    scheme = "Bearer " if values.get("scheme") == "bearer" else ""
    return with_header(request, "Authorization", f"{scheme}{token}", token)


METHOD = AuthMethod(
    kind="eas-token",
    label=N_("EAS token"),
    vendor="eas",
    fields=(
        Field(
            name="token",
            label=N_("Token"),
            secret=True,
            help=N_("Each service has its own token."),
        ),
        Field(
            name="scheme",
            label=N_("Sent"),
            choices=(("raw", N_("As it is (as EAS documents it)")), ("bearer", N_("After the word Bearer"))),
            help=N_("Clients made for OpenAI send it after Bearer; EAS takes both."),
        ),
    ),
    apply=_apply,
)
