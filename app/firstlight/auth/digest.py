"""Digest (RFC 7616): nothing is sent at first; the transport answers the service's challenge with a second request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.required import require
from firstlight.model.prepared import Login, PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    username = require(values.get("username", ""), Phrase("The user name is empty."))
    password = values.get("password", "")
    secrets = request.secrets.union(filter(None, [password]))
    return replace(request, login=Login(username=username, password=password), secrets=secrets)


METHOD = AuthMethod(
    kind="digest",
    label=N_("Digest auth"),
    fields=(
        Field(name="username", label=N_("User name")),
        Field(
            name="password",
            label=N_("Password"),
            secret=True,
            help=N_("Never sent: a hash of it answers the question of the service."),
        ),
    ),
    apply=_apply,
    note=N_("The service asks first, so the request is sent twice, its body included."),
)
