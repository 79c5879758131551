"""Any other address: nothing is known of it, everything is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions.address import Address, glued, with_scheme
from firstlight.editions.common import ORIGIN, PATH, from_host, rest
from firstlight.editions.edition import GUESS, Edition, Match, Place
from firstlight.texts import N_, Phrase


def _read(address: Address) -> Match | None:
    if not address.authority:
        return None
    path = rest(address.path.strip("/"), address.query, Phrase("the host"))
    return Match(sure=GUESS, parts={"origin": from_host(address), "path": path})


def _build(values: Mapping[str, str]) -> Place:
    return Place(url=with_scheme(values["origin"]), path=glued("", values.get("path", "")))


CUSTOM = Edition(
    kind="custom",
    vendor="other",
    label=N_("Another service"),
    note=N_("Any address. Choose how to sign in yourself."),
    parts=(ORIGIN, replace(PATH, label=N_("Path"), help="", placeholder="/predict")),
    read=_read,
    build=_build,
    channel="custom",
    credentials=(
        "bearer", "apikey", "basic", "x-auth-token", "huawei-iam", "aksk", "appcode", "app-signature", "eas-token",
    ),
)  # fmt: skip
EDITIONS = (CUSTOM,)
