"""An AppCode of Huawei's API gateway in X-Apig-AppCode (VENDORS §3.2): ModelArts apps and Pangu V1 API keys."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import with_header, without_blanks
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    app_code = without_blanks(values.get("appcode", ""))
    if not app_code:
        raise failed(
            "variable",
            "empty-credential",
            Phrase("The AppCode is empty."),
            Phrase("Copy it from the app that is bound to the service and paste it on the Authorization tab."),
        )
    return with_header(request, "X-Apig-AppCode", app_code, app_code)


METHOD = AuthMethod(
    kind="appcode",
    label=N_("AppCode (X-Apig-AppCode)"),
    vendor="huawei",
    fields=(Field(name="appcode", label=N_("AppCode"), secret=True),),
    apply=_apply,
    note=N_("A service with app authentication has its own URL: use that one, not the URL for tokens."),
)
