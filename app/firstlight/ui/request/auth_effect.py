"""Says what an authorization method adds to a request, by applying it to an empty one."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth import AuthMethod
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import tr

_STAND_IN = "x"


def effect(method: AuthMethod, values: Mapping[str, str]) -> str:
    """Return a sentence such as `Adds the header X-Auth-Token`, or what is still wrong.

    A secret that is not typed yet is taken as typed.
    """
    filled = {field.name: values.get(field.name) or (_STAND_IN if field.secret else "") for field in method.fields}
    try:
        made = method.apply(PreparedRequest(method="GET", url="http://host/"), filled)
    except ExchangeError as problem:
        return tr(problem.failure.message)
    parameters = [piece.partition("=")[0] for piece in made.url.partition("?")[2].split("&") if piece]
    if made.headers:
        return tr("Adds the header {names}", names=", ".join(name for name, _ in made.headers))
    if parameters:
        return tr("Adds the query parameter {names}", names=", ".join(parameters))
    return tr("Nothing is added to the request")
