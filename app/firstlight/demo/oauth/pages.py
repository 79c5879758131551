"""The page on which a person signs in and agrees, as plain HTML without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse, Response

_STYLE = (
    "body{font:16px system-ui,sans-serif;margin:12vh auto;max-width:26em;padding:0 1em;color:#1d2330}"
    "button{font:inherit;padding:.5em 1.2em;margin-right:.6em;border:1px solid #8d95a3;border-radius:6px}"
    "button[value=allow]{background:#2f55c8;color:#fff;border-color:#2f55c8}"
)


def ask(asked: Mapping[str, str], client: str, user: str, scope: str) -> Response:
    """Ask whether `client` may act for `user`; what was asked for travels along in hidden fields."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked.items()
    )
    text = (
        f"<h1>First Light demo</h1><p>May <b>{escape(client)}</b> act for <b>{escape(user)}</b>? "
        f"Scope: <b>{escape(scope)}</b></p><p>{escape(client)} 想以 {escape(user)} 的身份访问，是否允许？</p>"
        f'<form method="post">{hidden}<button name="answer" value="allow">Allow · 允许</button>'
        '<button name="answer" value="deny">Deny · 拒绝</button></form>'
    )
    return _page(text)


def refuse(reason: str) -> Response:
    """Say why nobody can be asked: the browser must not be sent to an address that nobody vouches for."""
    return _page(f"<h1>First Light demo</h1><p>{escape(reason)}</p>", 400)


def _page(content: str, status: int = 200) -> Response:
    text = f"<!doctype html><meta charset=utf-8><title>First Light demo</title><style>{_STYLE}</style>{content}"
    return HTMLResponse(text, status, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
