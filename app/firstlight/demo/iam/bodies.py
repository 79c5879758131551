"""The body that describes a token (VENDORS §1.2), and the list of projects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from firstlight.demo import accounts
from firstlight.demo.accounts import Project
from firstlight.demo.tokens import Claims

_ACCOUNT = {"id": accounts.ACCOUNT_ID, "name": accounts.ACCOUNT_NAME}


def token_body(claims: Claims, catalog_url: str = "") -> dict[str, Any]:
    """Return the body of a token answer; `project` and `domain` tell its scope. No catalog without its URL."""
    user = next(user for user in accounts.USERS if user.id == claims.user_id)
    token: dict[str, Any] = {
        "expires_at": stamp(claims.expires_at),
        "issued_at": stamp(claims.issued_at),
        "methods": list(claims.methods),
        "user": {"id": user.id, "name": user.name, "domain": _ACCOUNT, "password_expires_at": ""},
        "roles": [{"id": "0", "name": "te_admin"}, {"id": "0", "name": "op_gated_modelarts"}],
    }
    if catalog_url:
        token["catalog"] = _catalog(catalog_url, claims.project_id)
    if claims.scope == "project":
        project = next(project for project in accounts.PROJECTS if project.id == claims.project_id)
        token["project"] = {"id": project.id, "name": project.name, "domain": _ACCOUNT}
    elif claims.scope == "domain":
        token["domain"] = _ACCOUNT
    return {"token": token}


def project_body(project: Project) -> dict[str, Any]:
    """Return one entry of the list of projects."""
    return {
        "id": project.id, "name": project.name, "domain_id": accounts.ACCOUNT_ID, "parent_id": accounts.ACCOUNT_ID,
        "enabled": True, "is_domain": False, "description": "",
    }  # fmt: skip


def _catalog(base_url: str, project_id: str) -> list[dict[str, Any]]:
    """List the demo's own services the way IAM lists the cloud's."""
    of_type = {
        "identity": ("iam", f"{base_url}/v3"),
        "modelarts": ("modelarts", f"{base_url}/v1/{project_id or '-'}"),
        "pangu": ("pangulargemodels", f"{base_url}/v1/{project_id or '-'}"),
    }
    return [
        {"type": kind, "name": name, "endpoints": [_endpoint(url)]} for kind, (name, url) in of_type.items()
    ]  # fmt: skip


def _endpoint(url: str) -> dict[str, str]:
    region = accounts.HOME.region
    return {"interface": "public", "region": region, "region_id": region, "url": url}


def stamp(seconds: float) -> str:
    """Format a time as IAM does: microseconds and Z."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
