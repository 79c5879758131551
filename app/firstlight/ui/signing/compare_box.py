"""Where a person pastes what the gateway or another tool has signed, to see in what it differs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from firstlight.auth.comparing import Difference, compare
from firstlight.model.signing import Signing
from firstlight.texts import tr
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_LINES = 5


class CompareBox(QWidget):
    """Compares at every key; says what to look at."""

    def __init__(self, signing: Signing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signing = signing
        self._title, self._help, self._result = QLabel(self), QLabel(self), QLabel(self)
        self._title.setProperty("kind", "title")
        self._help.setProperty("kind", "caption")
        self._result.setObjectName("comparison")
        for label in (self._help, self._result):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._theirs = QPlainTextEdit(self)
        self._theirs.setObjectName("theirsEdit")
        self._theirs.setFont(mono_font())
        self._theirs.setTabChangesFocus(True)
        self._theirs.setFixedHeight(_LINES * self._theirs.fontMetrics().height() + 2 * SPACE)
        self._theirs.textChanged.connect(self._compare)
        self._title.setBuddy(self._theirs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        for widget in (self._title, self._help, self._theirs, self._result):
            column.addWidget(widget)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(tr("Compare with what the gateway or another tool has signed"))
        self._help.setText(
            tr(
                "Paste its canonical request or string to sign: from the log of the gateway, found by the request ID, "
                "or from the debugger of the other tool."
            )
        )
        self._theirs.setAccessibleName(tr("What the other side has signed"))
        self._compare()

    def _compare(self) -> None:
        theirs = self._theirs.toPlainText()
        if not theirs.strip():
            self._say("", "")
            return
        found = compare(self._signing.canonical_request, self._signing.string_to_sign, theirs)
        if found is None:
            self._say(tr("This is neither a canonical request nor a string to sign."), "warn")
        elif not found:
            same = tr("Both are the same. Then the secrets differ: check the secret key, without blanks around it.")
            self._say(same, "")
        else:
            self._say("\n".join(map(_told, found)), "error")

    def _say(self, text: str, kind: str) -> None:
        self._result.setText(text)
        self._result.setVisible(bool(text))
        set_kind(self._result, kind)


def _told(difference: Difference) -> str:
    nothing = tr("nothing")
    told = tr(
        "{part} differs. Here: {ours} There: {theirs}",
        part=tr(difference.part),
        ours=difference.ours or nothing,
        theirs=difference.theirs or nothing,
    )
    return f"{told}\n    {tr(difference.hint)}" if difference.hint else told
