"""Guards of the credential: the wrong one for the address, two at once, one that is only given away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from firstlight.advice.guards.guard import CREDENTIALS, Said, Situation
from firstlight.advice.request_ids import region_of
from firstlight.auth.method import PROJECT
from firstlight.texts import Phrase

_TOKEN, _APP_CODE = "x-auth-token", "x-apig-appcode"
_NAMES = {
    "authorization": "Authorization",
    _TOKEN: "X-Auth-Token",
    _APP_CODE: "X-Apig-AppCode",
    "x-hw-appkey": "X-HW-AppKey",
}
OF_THE_OTHER_ADDRESS = (
    "APIG.0101",
    "APIG.0303",
    "ModelArts.0205",
    "ModelArts.0206",
    "ModelArts.0208",
    "ModelArts.0209",
    "ModelArts.0210",
    "ModelArts.4901",
    "ModelArts.4905",
)
"""What the gateway answers when the address is that of the other way of signing in."""
_INFERENCE_OF_HUAWEI = ("modelarts", "pangu", "maas")
_REGION_NAME = re.compile(r"[a-z]{2}-[a-z]+-\d{1,3}")


@dataclass(frozen=True, slots=True)
class _Door:
    """An address, and what it does not take."""

    path: re.Pattern[str]
    host: re.Pattern[str]
    refused: tuple[str, ...]
    takes: str


def _door(path: str, host: str, refused: tuple[str, ...], takes: str) -> _Door:
    return _Door(re.compile(path), re.compile(host), refused, takes)


_DOORS = (
    _door(r"/v1/[^/]+/deployments/", "", ("bearer",), "X-Auth-Token, X-Apig-AppCode"),
    _door(r"/api/v2/chat/completions$", "", (_TOKEN, _APP_CODE), "Authorization: Bearer"),
    _door("", r"modelarts-maas\.com$", (_TOKEN, _APP_CODE, "apikey"), "Authorization: Bearer"),
    _door(r"^/v1/infers/", "", ("bearer",), "X-Auth-Token, AK/SK, X-Apig-AppCode"),
    _door(r"^/v2/infer/", "", ("signature", _APP_CODE, "apikey"), "Authorization: Bearer, X-Auth-Token"),
    _door(r"^/v3/(auth|projects)", "", (_APP_CODE, "apikey", "bearer"), "X-Auth-Token, AK/SK"),
    _door("", r"^iam[.-]", (_APP_CODE, "apikey", "bearer"), "X-Auth-Token, AK/SK"),
    _door(r"^/api/predict/", "", (_TOKEN, _APP_CODE, "apikey"), "Authorization"),
)


def given_away(situation: Situation) -> Said:
    """On VPC high-speed and edge channels nobody checks a token: sending one only gives it away."""
    if not situation.open_channel or not situation.credentials:
        return None
    return (
        Phrase("On this channel nobody checks credentials: the one that is sent is only given away."),
        Phrase("Choose no credential for it."),
    )


def wrong_kind(situation: Situation) -> Said:
    """The same key goes raw into one header for one address and after Bearer for another."""
    carried = set(_kinds(situation))
    if not carried:
        return None
    for door in _DOORS:
        wrong = next((kind for kind in door.refused if kind in carried), "")
        if wrong and door.path.search(situation.address.path) and door.host.search(situation.host):
            told = {"bearer": "Authorization: Bearer", "signature": "AK/SK"}.get(wrong, _NAMES.get(wrong, wrong))
            return (
                Phrase("This address does not take {given}; it takes {wanted}.", given=told, wanted=door.takes),
                Phrase("Choose another kind on the Authorization tab, or the address that belongs to this credential."),
            )
    return None


def two_at_once(situation: Situation) -> Said:
    """Which of two credentials counts is up to the gateway."""
    carried = situation.credentials
    rows = [row for row in situation.request.headers if row.enabled and row.name.strip().lower() == "authorization"]
    if len(rows) > 1:
        return Phrase("Authorization stands twice among the headers."), Phrase("Untick one of the rows.")
    if len(carried) < 2:
        return None
    first, second = (_NAMES.get(name, name) for name in carried[:2])
    return (
        Phrase("The request carries two credentials: {first} and {second}.", first=first, second=second),
        Phrase("Keep one: untick the row on the Headers tab, or choose No auth."),
    )


def row_not_sent(situation: Situation) -> Said:
    """The Authorization tab wins over a row of the same name."""
    for row in situation.request.headers:
        name = row.name.strip().lower()
        if not row.enabled or name not in CREDENTIALS or not row.value.strip():
            continue
        if situation.headers.get(name, row.value.strip()) != row.value.strip():
            return (
                Phrase("The row {name} is not sent: the Authorization tab sends its own.", name=row.name.strip()),
                Phrase("Untick the row, or choose No auth on the Authorization tab."),
            )
    return None


def domain_scope(situation: Situation) -> Said:
    """Inference services live in a project: they refuse a token of the whole account."""
    values = situation.request.authorization.values
    asked = values.get("scope") == "domain" and situation.is_of(*_INFERENCE_OF_HUAWEI)
    scope = _login(situation).get("scope")
    in_body = situation.address.path.endswith("/v3/auth/tokens") and bool(situation.fields)
    if not asked and not (in_body and not (isinstance(scope, dict) and "project" in scope)):
        return None
    return (
        Phrase("The token is for the whole account (domain scope): ModelArts and Pangu refuse it."),
        Phrase("Name a project in the scope, such as that of the region: cn-north-4."),
    )


def other_region(situation: Situation) -> Said:
    """A token of another region's project is refused like none."""
    values = situation.request.authorization.values
    named = values.get(PROJECT) or values.get("project", "") or _project_in_body(situation)
    if not (found := _REGION_NAME.match(named.strip())):
        return None
    wanted = region_of(situation.sent.url)
    if found[0] == wanted or not _REGION_NAME.fullmatch(wanted):
        return None
    return (
        Phrase("The project is of {project}, the address of {region}.", project=found[0], region=wanted),
        Phrase("Take the project of the region in which the service runs."),
    )


def eas_after_bearer(situation: Situation) -> Said:
    """EAS documents the raw token; Bearer is accepted by most of its services."""
    if "bearer" not in _kinds(situation):
        return None
    return (
        Phrase("The token of EAS was sent after Bearer; its manual sends it raw."),
        Phrase("Choose “EAS token” on the Authorization tab."),
    )


def two_addresses(situation: Situation) -> Said:
    """The console shows one address for token and AK/SK and another for app authentication."""
    if not situation.address.path.startswith("/v1/infers/"):
        return None
    kinds = set(_kinds(situation))
    if _APP_CODE in kinds or "apikey" in kinds:
        return (
            Phrase("The request signs in as an app. A service has another address for token and AK/SK."),
            Phrase("Compare the URL with the app authentication address in the console's Usage Guides."),
        )
    if _TOKEN in kinds or "signature" in kinds:
        return (
            Phrase("The request signs in with IAM. A service has another address for AppCode and app signature."),
            Phrase("Compare the URL with the IAM authentication address in the console's Usage Guides."),
        )
    return None


def _kinds(situation: Situation) -> Iterator[str]:
    for name in situation.credentials:
        value = situation.headers[name].lower()
        if name != "authorization":
            yield name
        elif value.startswith("bearer"):
            yield "bearer"
        elif "hmac-sha256" in value:
            yield "signature"


def _login(situation: Situation) -> dict[str, object]:
    found = situation.fields.get("auth")
    return found if isinstance(found, dict) else {}


def _project_in_body(situation: Situation) -> str:
    scope = _login(situation).get("scope")
    project = scope.get("project") if isinstance(scope, dict) else None
    return str(project.get("name", "")) if isinstance(project, dict) else ""
