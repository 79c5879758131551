"""What runs in the child process: reads a body from the pipe, renders it, writes the text back. No Qt."""

from __future__ import annotations

from multiprocessing.connection import Connection

from firstlight.model.response import Response
from firstlight.ui.child.transfer import receive_bytes, send_bytes
from firstlight.views import view_named


def serve(pipe: Connection) -> None:
    """Answer one question and end."""
    name, status, headers = pipe.recv()
    body = bytes(receive_bytes(pipe))
    response = Response(status=status, reason="", http_version="", headers=headers, body=body)
    shown = view_named(name).render(response)
    pipe.send((shown.language, shown.problem))
    send_bytes(pipe, shown.data)
    pipe.close()
