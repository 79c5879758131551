"""A channel of the wizard: the parts of its address and, where it may be needed, how far its certificate is trusted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from firstlight.editions.draft import ChannelDraft
from firstlight.ui.services.tls_rows import TlsRows
from firstlight.ui.wizard.parts_form import PartsForm


class ChannelParts(PartsForm):
    """Shows and edits a ChannelDraft; its name stands elsewhere."""

    def __init__(self, draft: ChannelDraft, parent: QWidget | None = None) -> None:
        self._draft = draft
        self._tls: TlsRows | None = None  # until the rows of the address are there
        super().__init__(draft.edition, draft.values, draft.match() if not draft.problems() else None, parent)
        self._tls = TlsRows(self, "wizard")
        self._tls.show(verify_tls=draft.trust.verify_tls, ca_file=draft.trust.ca_file)
        self._tls.verify.toggled.connect(lambda on: self._change(verify_tls=on))
        self._tls.ca_file.typed.connect(lambda text: self._change(ca_file=text.strip()))
        self.retranslate()

    def draft(self, name: str = "") -> ChannelDraft:
        """Return what was filled in."""
        return replace(self._draft, name=name, values=dict(self.values))

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        super().retranslate()
        if self._tls is not None:
            self._tls.retranslate()
            for entry in (self._tls.verify, self._tls.ca_file):
                self.show_row(entry, on=self.draft().asks_for_trust())

    def _change(self, **changed: Any) -> None:
        self._draft = replace(self._draft, trust=replace(self._draft.trust, **changed))
        self.retranslate()
        self.edited.emit()
