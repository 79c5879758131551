"""What is said of a way that was tried: in brief, and what to do. No Qt."""

from __future__ import annotations

from firstlight.model.ways import Way
from firstlight.runner.trial import Verdict
from firstlight.texts import language, tr
from firstlight.ui.response.failure_text import headline
from firstlight.ui.theme.status_color import status_token


def brief(verdict: Verdict) -> str:
    """Return status and code, or what failed, in a few words."""
    if verdict.explanation is not None and verdict.status is not None:
        code = verdict.explanation.code
        return f"{verdict.status} · {code}" if code != str(verdict.status) else _status(verdict)
    return tr(headline(verdict.failure)) if verdict.failure is not None else _status(verdict)


def at_length(way: Way, verdict: Verdict) -> str:
    """Return what happened and what to do."""
    if verdict.explanation is not None:
        said, hint = verdict.explanation.told(language())
    elif verdict.failure is not None:
        said, hint = tr(verdict.failure.message), tr(verdict.failure.hint) if verdict.failure.hint else ""
    elif verdict.leads_there:
        said, hint = tr("The service answers over “{channel}” {credential}.", **_names(way)), ""
    else:
        said, hint = tr("The service answered with status {status}.", status=verdict.status), ""
    return "\n".join(filter(None, (said, tr("Next: {hint}", hint=hint) if hint else "")))


def color(verdict: Verdict) -> str:
    """Return the token of the colour in which a verdict stands."""
    if verdict.leads_there:
        return "ok"
    return status_token(verdict.status) if verdict.status is not None and verdict.status >= 400 else "error"


def credential_name(way: Way) -> str:
    """Return what signs."""
    return way.credential.name if way.credential else tr("No credential")


def _names(way: Way) -> dict[str, str]:
    credential = way.credential.name if way.credential else ""
    with_it = tr("with “{credential}”", credential=credential) if credential else tr("without a credential")
    return {"channel": way.channel.name, "credential": with_it}


def _status(verdict: Verdict) -> str:
    return " ".join(filter(None, (str(verdict.status), verdict.reason)))
