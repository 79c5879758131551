"""Shows how a request would be signed, or why it cannot be said yet."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QWidget

from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.runner.signature_checks import preview_of_signing
from firstlight.texts import tr
from firstlight.ui.dialogs import finished, tell
from firstlight.ui.signing.dialog import SigningDialog


async def show_preview(parent: QWidget, request: Request, scope: Scope) -> None:
    """Work it out in a thread, for a long body is hashed, and show it until the dialog is closed."""
    try:
        signing = await asyncio.to_thread(preview_of_signing, request, scope)
    except ExchangeError as error:
        problem = error.failure
        await tell(parent, tr("How is this signed?"), tr(problem.message), tr(problem.hint))
        return
    if signing is None:
        await tell(
            parent, tr("How is this signed?"), tr("The credential that is chosen now does not sign this request.")
        )
        return
    await finished(SigningDialog(signing, parent, sent=False))
