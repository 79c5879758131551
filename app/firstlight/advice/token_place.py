"""Whether a token is good for where a request goes: its own project and region against those of the address. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from firstlight.advice.request_ids import region_of
from firstlight.model.access_token import AccessToken
from firstlight.texts import Phrase

_PROJECT_IN_PATH = re.compile(r"/v\d(?:\.\d)?/(?P<id>[0-9a-f]{32})/")
_REGION = re.compile(r"[a-z]{2}-[a-z]+-\d{1,3}")


def good_elsewhere(token: AccessToken, url: str) -> tuple[Phrase, Phrase] | None:
    """Return what stands against sending `token` to `url` and what to do; None: nothing that can be seen."""
    if token.scope != "project":
        return None
    named = _PROJECT_IN_PATH.search(urlsplit(url).path)
    if named and token.project_id and named["id"] != token.project_id:
        return (
            Phrase(
                "The token is for project {own}, the address names {other}.", own=token.project_id, other=named["id"]
            ),
            Phrase("Get a token for the project of the service, or take the address of this project."),
        )
    wanted, found = region_of(url), _REGION.match(token.project)
    if found and _REGION.fullmatch(wanted) and found[0] != wanted:
        return (
            Phrase("The project is of {project}, the address of {region}.", project=found[0], region=wanted),
            Phrase("Take the project of the region in which the service runs."),
        )
    return None
