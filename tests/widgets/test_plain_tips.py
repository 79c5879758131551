"""What others wrote (a server, a workspace from elsewhere) is shown to the letter: no HTML in it is obeyed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from until import until

from firstlight.model.events import HeadersReceived
from firstlight.model.exchange import Variable
from firstlight.ui import dialogs
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.response.headers_model import HeadersModel
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.tasks import Tasks
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.variables.hint import hint

PICTURE = '<img src="file:////elsewhere/share/a.png"> &amp;\n  <b>x</b>'


def seen(tip: str) -> str:
    """What a person reads in a tool tip that is given `tip`."""
    if not GuiQt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText().replace("\u2028", "\n")


@pytest.mark.parametrize("text", [PICTURE, "plain < 5", "a <b>", "", "<html>\n</html>"])
def test_a_tool_tip_says_what_it_was_given(qtbot: QtBot, text: str) -> None:
    assert seen(plain_tip(text)) == text


def test_a_header_of_the_answer_and_a_variable_are_shown_to_the_letter(qtbot: QtBot) -> None:
    model = HeadersModel()
    record = ExchangeRecord()
    record.take([HeadersReceived(at_ns=0, status=200, reason="", http_version="1.1", headers=(("X-Note", PICTURE),))])
    model.show_record(record)
    assert seen(str(model.data(model.index(0, 1), Qt.ItemDataRole.ToolTipRole))) == PICTURE
    known = KnownVariables()
    known.show_variables({"a": Variable(value=PICTURE.split("\n", maxsplit=1)[0], origin="collection")})
    assert seen(hint(known, "a")).startswith(PICTURE.split("\n", maxsplit=1)[0])


async def test_a_message_is_plain_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    tasks = Tasks(parent)
    tasks.start(dialogs.tell(parent, "title", PICTURE, PICTURE), name="tell")
    await until(lambda: parent.findChild(QMessageBox) is not None)
    box = parent.findChild(QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.reject()
    await tasks.cancel_all()
