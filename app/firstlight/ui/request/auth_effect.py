"""Says what an authorization method adds to a request, by applying it to an empty one."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth import METHODS, TOKEN, AuthMethod
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import Request
from firstlight.model.route import channel_of, credential_name, credential_of
from firstlight.model.service import NO_CREDENTIAL, Channel, Service
from firstlight.model.surroundings import Surroundings
from firstlight.runner.signing import occasion_of_preview
from firstlight.runner.variables import REFERENCE
from firstlight.texts import tr

_STAND_IN = "x"


def effect(method: AuthMethod, values: Mapping[str, str]) -> str:
    """Return a sentence such as `Adds the header X-Auth-Token`, or what is still wrong.

    A secret that is not typed yet is taken as typed.
    """
    filled = {field.name: values.get(field.name) or (_STAND_IN if field.secret else "") for field in method.fields}
    filled = {name: REFERENCE.sub(_STAND_IN, value) for name, value in filled.items()} | {TOKEN: _STAND_IN}
    try:
        if method.acquire is not None:
            method.acquire(filled)
        plain = PreparedRequest(method="POST", url="http://host/api/predict/x")
        made = method.authorise(plain, filled, occasion_of_preview(plain.body))
    except ExchangeError as problem:
        return tr(problem.failure.message)
    parameters = [piece.partition("=")[0] for piece in made.url.partition("?")[2].split("&") if piece]
    if made.headers:
        return tr("Adds the header {names}", names=", ".join(name for name, _ in made.headers))
    if parameters:
        return tr("Adds the query parameter {names}", names=", ".join(parameters))
    if made.login:
        return tr("Adds the header Authorization once the service has asked for it")
    return tr("Nothing is added to the request")


def inherited_words(around: Surroundings) -> str:
    """Say which authorization is inherited, and from where."""
    if not around.authorization_path:
        return tr("Nothing around says how to authorise, so nothing is added to the request")
    kind = around.authorization.kind
    known = next((method for method in METHODS if method.kind == kind), None)
    label = tr(known.label) if known else kind
    told = tr("{kind}, from “{name}”", kind=label, name=around.authorization_from)
    if known is None or not known.fields:
        return told
    return told + "\n" + effect(known, around.authorization.values)


def service_words(sent: Request, service: Service) -> str:
    """Say which credential of its service signs a request, and what it adds."""
    channel = channel_of(sent, service)
    name = credential_name(sent, channel or Channel(name=""))
    if name == NO_CREDENTIAL:
        return tr("No credential is used on this channel, so nothing is added to the request")
    credential = credential_of(sent, service)
    told = tr("Credential “{name}” of the service “{service}”", name=name, service=service.name)
    if credential is None:
        return told + "\n" + tr("The service has no such credential.")
    known = next((method for method in METHODS if method.kind == credential.authorization.kind), None)
    return told if known is None else told + "\n" + effect(known, credential.authorization.values)
