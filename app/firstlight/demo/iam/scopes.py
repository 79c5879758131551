"""Reads the `scope` of a token request: project, domain, or nothing (VENDORS §1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from firstlight.demo import accounts
from firstlight.demo.iam.problems import bad_value, titled
from firstlight.demo.tokens import ScopeKind


def read_scope(auth: Mapping[str, Any]) -> tuple[ScopeKind, str]:
    """Return (kind, project id). When project and domain are both given the project wins.

    Raises:
        RefusalError: 400 for a malformed scope, 404 for a project or account that does not exist.
    """
    scope = auth.get("scope")
    if scope is None:
        return "global", ""
    if not isinstance(scope, dict):
        raise bad_value("auth.scope", "It must be an object with project or domain.")
    if "project" in scope:
        return "project", _project_id(_named(scope["project"], "auth.scope.project"))
    if "domain" in scope:
        _check_account(_named(scope["domain"], "auth.scope.domain"))
        return "domain", ""
    raise bad_value("auth.scope", "It must hold project or domain.")


def _named(value: object, path: str) -> dict[str, Any]:
    if isinstance(value, dict) and any(isinstance(value.get(key), str) for key in ("id", "name")):
        return value
    raise bad_value(path, "It must be an object with name or id.")


def _project_id(wanted: Mapping[str, Any]) -> str:
    for project in accounts.PROJECTS:
        if project.id == wanted.get("id") or ("id" not in wanted and project.name == wanted.get("name")):
            return project.id
    raise titled(404, f"Could not find project: {wanted.get('id') or wanted.get('name')}.")


def _check_account(wanted: Mapping[str, Any]) -> None:
    if wanted.get("id") != accounts.ACCOUNT_ID and wanted.get("name") != accounts.ACCOUNT_NAME:
        raise titled(404, f"Could not find domain: {wanted.get('id') or wanted.get('name')}.")
