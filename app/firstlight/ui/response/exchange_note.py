"""One line over the answer: how far a big body is, there or back; cut off, held back, pointing elsewhere, traced."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter_ns
from typing import NamedTuple

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from firstlight.advice.endings import doubt_of
from firstlight.model.events import Finished
from firstlight.model.response import MetaUuid
from firstlight.texts import tr, trn
from firstlight.ui.figures import duration, size
from firstlight.ui.icons import icon
from firstlight.ui.response.note_text import NoteText
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.tokens import SPACE

_ICON_PX = 16
_WORTH_TELLING_BYTES = 512 * 1024


class Note(NamedTuple):
    """What the line says."""

    picture: str
    color: str
    """A token."""
    text: str
    offers: str = ""
    """The action of its button: `follow` the redirect, `show` the file that was saved."""


class ExchangeNote(QFrame):
    """Hidden while there is nothing to say."""

    follow_requested = Signal()
    """The user wants to go where the answer points."""
    show_requested = Signal(str)
    """The user wants to see the file at this path in its folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exchangeNote")
        self.setProperty("kind", "bar")
        self._record = ExchangeRecord()
        self._shown: Note | None = None
        self._picture, self._text = QLabel(self), NoteText(self)
        self._text.setObjectName("exchangeNoteText")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        self._action = QPushButton(self)
        self._action.clicked.connect(self._on_action)
        row.addWidget(self._action)
        theme_changed.connect(self._paint_picture)
        self.hide()

    def show_record(self, record: ExchangeRecord) -> None:
        """Say what there is to say now."""
        self._record = record
        note = note_on(record, perf_counter_ns())
        if note == self._shown:
            return
        before, self._shown = self._shown, note
        self.setVisible(note is not None)
        if note is not None:
            self._action.setVisible(bool(note.offers))
            self._action.setObjectName(f"{note.offers}Button")
            self._action.setText(tr("Follow once") if note.offers == "follow" else tr("Show in file manager"))
            self._text.show_text(note.text)
            if before is None or before[:2] != note[:2]:
                self._paint_picture()

    @Slot()
    def _on_action(self) -> None:
        if self._shown is not None and self._shown.offers == "follow":
            self.follow_requested.emit()
        elif self._record.saved is not None:
            self.show_requested.emit(self._record.saved.path)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_record(self._record)
        super().changeEvent(event)

    def _paint_picture(self) -> None:
        if self._shown is not None:
            self._picture.setPixmap(icon(self._shown.picture, self._shown.color).pixmap(_ICON_PX, _ICON_PX))


def note_on(record: ExchangeRecord, now_ns: int) -> Note | None:
    """Return what the line says at this moment."""
    if record.uploads and record.running and record.head is None:
        return Note("upload", "accent", tr("The body is sent.") if record.sent else _progress(record, now_ns))
    if record.uploads and record.is_open:
        return Note("upload", "accent", _progress(record, now_ns))
    if record.running and record.body_bytes > _WORTH_TELLING_BYTES and not record.streamed:
        return Note("download", "accent", _receiving(record, now_ns))
    if record.end is not None and (told := _of_stream(record) or _of_file(record)):
        return told
    if isinstance(record.end, Finished) and (location := record.location):
        text = tr(
            "Redirects are off for this request. The answer points to {location}", location=record.masked(location)
        )
        return Note("external", "info", text, offers="follow")
    found = record.end.meta_uuid if isinstance(record.end, Finished) else None
    return _traced(found, record.head.status if record.head else 0) if found else _inexact(record)


def _of_stream(record: ExchangeRecord) -> Note | None:
    """Say what is wrong with a stream as a whole; a failure is told elsewhere."""
    if isinstance(record.end, Finished) and (doubt := doubt_of(record.end.stream)):
        return Note("alert", "warn", tr(doubt))
    return _held_back(record) if record.end and record.end.stream and record.end.stream.buffered else None


def _inexact(record: ExchangeRecord) -> Note | None:
    if not (record.end and record.streamed and record.late):
        return None
    count, most = len(record.late), duration(max(record.late.values()) / 1e6)
    arrivals = trn("{count} arrival could not be timed exactly", "{count} arrivals could not be timed exactly", count)
    text = tr(
        "{arrivals}: this program was busy. Times marked ≈ may be up to {time} late.", arrivals=arrivals, time=most
    )
    return Note("info", "text_muted", text)


def _of_file(record: ExchangeRecord) -> Note | None:
    saved = record.saved
    if saved is None:
        return None
    if saved.whole:
        return Note("check", "ok", tr("Saved to {path}", path=saved.path), offers="show")
    return Note("alert", "warn", tr("What came until then is in {path}", path=saved.path), offers="show")


def _progress(record: ExchangeRecord, now_ns: int) -> str:
    first, last = record.uploads[0], record.uploads[-1]
    sent, total = size(last.sent_bytes), size(last.total_bytes)
    if record.talks:
        done = tr("Sending a message: {sent} of {total}", sent=sent, total=total)
    else:
        done = tr("Sending the body: {sent} of {total}", sent=sent, total=total)
    rate = _rate((first.at_ns, first.sent_bytes), last.sent_bytes, now_ns)
    return " · ".join((done, *_pace(last.sent_bytes, last.total_bytes, rate)))


def _receiving(record: ExchangeRecord, now_ns: int) -> str:
    done_bytes, total = record.body_bytes, record.total_bytes
    rate = _rate(record.downloads[0], done_bytes, now_ns)
    if total is None:
        done = tr("Receiving the body: {received}", received=size(done_bytes))
    else:
        done = tr("Receiving the body: {received} of {total}", received=size(done_bytes), total=size(total))
    return " · ".join((done, *_pace(done_bytes, total, rate)))


def _rate(first: tuple[int, int], done_bytes: int, now_ns: int) -> float:
    """Return the bytes per second since `first`."""
    seconds = (now_ns - first[0]) / 1e9
    return (done_bytes - first[1]) / seconds if seconds > 0 else 0.0


def _pace(done_bytes: int, total_bytes: int | None, rate: float) -> Iterator[str]:
    """Yield how much, how fast, how long still; what is unknown is left out."""
    if total_bytes:
        yield f"{int(100 * done_bytes / total_bytes)} %"
    if rate:
        yield f"{size(int(rate))}/s"
    if total_bytes and rate:
        left_s = round((total_bytes - done_bytes) / rate)
        yield tr("{time} left", time=duration(1000.0 * left_s) if left_s >= 60 else f"{left_s} s")


def _held_back(record: ExchangeRecord) -> Note:
    started_ns = record.started.at_ns if record.started else 0
    waited = duration((record.messages[0].at_ns - started_ns) / 1e6) if record.messages else duration(None)
    text = tr(
        "The stream came in one piece after {time}: a proxy is buffering it, or the service does not stream.",
        time=waited,
    )
    return Note("alert", "warn", text)


def _traced(found: MetaUuid, status: int) -> Note | None:
    if found.matches:
        return Note("check", "ok", tr("meta.uuid matches: {uuid}", uuid=found.sent))
    if found.received:
        text = tr("meta.uuid differs: sent {sent}, received {received}", sent=found.sent, received=found.received)
        return Note("alert", "error", text)
    if status >= 400:  # an error answers no data
        return None
    return Note("alert", "warn", tr("meta.uuid did not come back; sent {sent}", sent=found.sent))
