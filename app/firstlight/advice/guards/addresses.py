"""Guards of the address: plain http, a path that is missing, a method that is not served (VENDORS §3.1, §3.4, §5.1)."""

from __future__ import annotations

import re

from firstlight.advice.guards.guard import Said, Situation
from firstlight.model.host_patterns import is_loopback
from firstlight.model.protocols import WEBSOCKET
from firstlight.model.secrets import MASK, SECRET_HEADERS, SECRET_PARAMS
from firstlight.texts import Phrase

_HTTPS_ONLY = re.compile(
    r"\.apig\.[\w-]+\.huaweicloudapis\.com$|(^|\.)modelarts[\w-]*\.|modelarts-maas\.com$|\.myhuaweicloud\.(com|cn|eu)$"
    r"|^api\.openai\.com$|\.openai\.azure\.com$|\.inference\.ml\.azure\.com$"
)
_EAS_BASE = re.compile(r"^/api/predict/[^/]+/?$")
_INFER_BASE = re.compile(r"^/v[12]/infers?/[^/]+/?$")
_NAMES_CLEARLY = ("messages", "prompt")


def secret_in_clear(situation: Situation) -> Said:
    """A credential over plain http is read by everybody on the way; on this machine there is no way."""
    if is_loopback(situation.host):
        return None
    carried = next((name for name in situation.headers if name in SECRET_HEADERS and situation.headers[name]), "")
    parameters = {pair.partition("=")[0].lower() for pair in situation.address.query.split("&")}
    if not carried and not parameters & SECRET_PARAMS and not _in_body(situation):
        return None
    return (
        Phrase("A secret goes to {host} over plain http: everybody on the way can read it.", host=situation.host),
        Phrase("Write https:// if the service has it (PAI-EAS has), or send without a credential."),
    )


def _in_body(situation: Situation) -> bool:
    text = situation.text
    if not text:
        return False
    known = (secret for secret in situation.sent.secrets if len(secret) >= 6)
    return MASK.encode() in text or any(secret.encode("utf-8", "replace") in text for secret in known)


def https_needed(situation: Situation) -> Said:
    """Gateways that serve https only answer plain http with an error or not at all; AppCodes need it everywhere."""
    with_app_code = "x-apig-appcode" in situation.headers and not is_loopback(situation.host)
    if not _HTTPS_ONLY.search(situation.host) and not with_app_code:
        return None
    wanted = "wss" if situation.sent.protocol == WEBSOCKET else "https"
    return (
        Phrase("{host} is called over plain http; it serves https only.", host=situation.host),
        Phrase("Write {scheme}:// at the beginning of the URL.", scheme=wanted),
    )


def path_missing(situation: Situation) -> Said:
    """The console gives the base address; the model's own path comes behind it. The commonest reason for 404."""
    base = _EAS_BASE if situation.is_of("eas") else _INFER_BASE
    if not base.match(situation.address.path):
        return None
    if not any(name in situation.fields for name in _NAMES_CLEARLY):
        return None
    return (
        Phrase("The body is a chat, but the URL is the base address without the path of the model."),
        Phrase("Append the path, usually /v1/chat/completions."),
    )


def post_needed(situation: Situation) -> Said:
    """Inference services of ModelArts take POST; GET ends in 404 or 405."""
    if situation.sent.method == "POST":
        return None
    if not _INFER_BASE.match(situation.address.path) or situation.sent.protocol == WEBSOCKET:
        return None
    return (
        Phrase("{method} is sent to an inference service; it takes POST.", method=situation.sent.method),
        Phrase("Choose POST."),
    )


def websocket_needed(situation: Situation) -> Said:
    """A service that was deployed for WebSocket answers no https request (VENDORS §3.2)."""
    if not situation.websocket_channel or situation.sent.protocol == WEBSOCKET:
        return None
    return (
        Phrase("The channel's address is that of a WebSocket (wss); this request goes there over https."),
        Phrase("Choose WebSocket in the list of methods, or another channel."),
    )
