"""User name and password in base64 (RFC 7617), UTF-8 as browsers and Postman send it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import with_header
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    username, password = values.get("username", ""), values.get("password", "")
    if not username and not password:
        raise failed(
            "variable",
            "empty-credential",
            Phrase("User name and password are both empty."),
            Phrase("Fill them in on the Authorization tab, or choose “No auth”."),
        )
    if ":" in username:
        raise failed(
            "variable",
            "bad-credential",
            Phrase("A user name for Basic auth cannot contain a colon."),
            Phrase("Everything after the first colon would be read as the password."),
        )
    credentials = b64encode(f"{username}:{password}".encode("utf-8", "surrogatepass")).decode("ascii")
    return with_header(request, "Authorization", f"Basic {credentials}", credentials, *filter(None, [password]))


METHOD = AuthMethod(
    kind="basic",
    label=N_("Basic auth"),
    fields=(
        Field(name="username", label=N_("User name")),
        Field(name="password", label=N_("Password"), secret=True),
    ),
    apply=_apply,
)
