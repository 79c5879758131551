"""What one Exchange has become so far: passes events on, gathers the answer, decodes its stream, ends it once."""

from __future__ import annotations

from importlib import import_module
from time import perf_counter_ns
from typing import TYPE_CHECKING

import msgspec

from firstlight.bodies import meta_uuid
from firstlight.inference.media_types import chosen_kind
from firstlight.inference.text_path import TextPath
from firstlight.model.events import (
    BodyReceived,
    Cancelled,
    Challenged,
    Event,
    Failed,
    Finished,
    HeadersReceived,
    Inexact,
    Informed,
    Redirected,
    Saving,
    ServerEvent,
    Started,
    Tunnelled,
    WebSocketClosed,
    WebSocketMessage,
)
from firstlight.model.exchange import Emit, Exchange
from firstlight.model.explanation import Explanation
from firstlight.model.failure import Failure
from firstlight.model.prepared import PreparedRequest
from firstlight.model.protocols import WEBSOCKET, websocket_url
from firstlight.model.response import SWITCHED, MetaUuid, Response, StreamSummary, reason_phrase
from firstlight.model.secrets import Masker
from firstlight.model.signing import masked_signing
from firstlight.runner.conversation import Conversation
from firstlight.runner.explaining import explain_answer, explain_closed, explain_stream, may_report_error
from firstlight.runner.masking import masked, masked_phrase
from firstlight.runner.signature_checks import clock_ahead
from firstlight.runner.talk import Talk
from firstlight.runner.timings import Stopwatch

if TYPE_CHECKING:
    from firstlight.inference.stream import StreamReader

_ON_THE_WAY = (Challenged, Informed, Redirected, Tunnelled)
"""Answers before the answer; their reason phrases quote what was sent as well."""


class Course:
    """Listens to the transport on behalf of one Exchange."""

    def __init__(self, sent: PreparedRequest, emit: Emit, text_path: TextPath | None = None) -> None:
        self._sent = sent
        self._text_path = text_path
        self._emit = emit
        self._masker = Masker.of(sent.secrets)
        self._head: HeadersReceived | None = None
        self._pieces: list[bytes] = []
        self.body_bytes = 0
        self._inexact = 0
        self._doubt: Inexact | None = None
        """About what comes next."""
        self._reader: StreamReader | None = None
        self._explanation: Explanation | None = None
        self._talk: Talk | None = None
        import_module("firstlight.inference.stream")  # now, not while an answer is timed
        started_ns = perf_counter_ns()
        self._stopwatch = Stopwatch(started_ns)
        emit(self._started(started_ns))

    def _started(self, at_ns: int) -> Started:
        mask_header, url = self._masker.mask_header, self._sent.url
        return Started(
            at_ns=at_ns,
            method=self._sent.method,
            url=self._masker.mask_words(websocket_url(url) if self._sent.protocol == WEBSOCKET else url),
            headers=tuple((name, mask_header(name, value)) for name, value in self._sent.headers),
            body_bytes=self._sent.body.size_bytes,
            notes=tuple(masked_phrase(note, self._masker) for note in self._sent.notes),
            cautions=self._sent.cautions,
            meta_uuid=self._masker.mask(self._sent.body.meta_uuid),
            signing=masked_signing(self._sent.signing, self._masker),
        )

    def converse(self, conversation: Conversation) -> None:
        """Expect a WebSocket over which goes what `conversation` says."""
        self._talk = Talk(conversation, self._sent, self._emit, self._text_path)

    def hear(self, event: Event) -> None:
        """Pass an event of the transport on, followed by what it means. Runs per arrival, so it stays flat."""
        if type(event) is WebSocketMessage and self._talk is not None:
            if self._doubt is not None and event.direction == "in":
                self._doubt_message(event.at_ns)
            self._talk.hear(event)
            return
        if type(event) is not BodyReceived:
            self._hear_fact(event)
            return
        if self._doubt is not None:
            self._hear_doubtful(event)
            return
        self._emit(event)
        self._pieces.append(event.data)
        self.body_bytes += len(event.data)
        if self._reader is not None:
            emit = self._emit
            for decoded in self._reader.feed(event.data, event.at_ns):
                emit(decoded)

    def _hear_fact(self, event: Event) -> None:
        if type(event) is HeadersReceived:
            event = self._take_head(event)
        elif type(event) is Inexact:
            self._doubt = event  # told with what it is about
            return
        elif type(event) is Saving:
            self.body_bytes = event.received_bytes
        elif type(event) is WebSocketClosed and self._talk is not None:
            event = self._talk.take_end(event)
        elif isinstance(event, _ON_THE_WAY) and event.reason:
            event = msgspec.structs.replace(event, reason=self._masker.mask(event.reason))
        self._emit(event)
        self._stopwatch.hear(event)

    def _hear_doubtful(self, event: BodyReceived) -> None:
        """Take what could not be timed exactly; a single message whose end is exact could."""
        decoded = list(self._reader.feed(event.data, event.at_ns)) if self._reader else []
        messages = sum(type(each) is ServerEvent for each in decoded)
        doubt = self._doubt
        if doubt is not None and (doubt.at_ns != event.at_ns or (doubt.end_is_exact and messages <= 1)):
            self._doubt = None
        self._tell_doubt()
        self._emit(event)
        self._pieces.append(event.data)
        self.body_bytes += len(event.data)
        for each in decoded:
            self._emit(each)

    def _doubt_message(self, at_ns: int) -> None:
        """Tell what could not be timed exactly. Of several that came at once the last could: known too late."""
        doubt = self._doubt
        if doubt is None or doubt.at_ns != at_ns:
            self._doubt = None
        elif doubt.end_is_exact:
            self._doubt = msgspec.structs.replace(doubt, end_is_exact=False)  # a second one makes the first inexact
        else:
            self._tell_doubt()

    def _tell_doubt(self) -> None:
        if self._doubt is not None:
            self._inexact += 1
            self._emit(self._doubt)
            self._doubt = None

    def _take_head(self, head: HeadersReceived) -> HeadersReceived:
        """Begin the answer; return its head with how the body is read."""
        if self._doubt is not None and not self._doubt.end_is_exact:
            self._tell_doubt()
        content_type = next((value for name, value in head.headers if name.lower() == "content-type"), "")
        kind = chosen_kind(content_type, switch=self._sent.settings.stream, status=head.status)
        self._reader = None
        if head.status == SWITCHED and self._talk is not None:
            self._talk.begin(self._stopwatch.started_ns)
            head = msgspec.structs.replace(head, stream=WEBSOCKET)
        elif kind:
            head = msgspec.structs.replace(head, stream=kind)
            started_ns = self._stopwatch.started_ns
            from firstlight.inference.stream import StreamReader

            self._reader = StreamReader(content_type, started_ns, kind=kind, text_path=self._text_path)
        if self._sent.signing is not None:
            date = next((value for name, value in head.headers if name.lower() == "date"), "")
            head = msgspec.structs.replace(head, clock_ahead_s=clock_ahead(self._sent.signing, head.status, date))
        self._head = head = msgspec.structs.replace(head, reason=self._masker.mask(head.reason))
        return head

    def join(self) -> None:
        """Put the body together; a big one in a thread, once no more of it comes."""
        self._pieces = [b"".join(self._pieces)]

    @property
    def closed(self) -> WebSocketClosed | None:
        """How the WebSocket ended, if one was open."""
        return self._talk.closed if self._talk else None

    @property
    def needs_explaining(self) -> bool:
        """The answer is a refusal, or its body or stream may report an error."""
        if self._head is None:
            return False
        if self._talk is not None and self._talk.closed is not None:
            return self._talk.tells_of_trouble
        if self._reader is not None and self._head.status < 400:
            return self._reader.failure is not None
        return self._head.status >= 400 or may_report_error(self._pieces, self.body_bytes)

    def explain(self) -> None:
        """Find out what a failing answer means. Reads files the first time: call it in a thread."""
        if self.closed is not None:
            self._explanation = explain_closed(self.closed, self._masker)
        elif self._reader and self._reader.error and self._head and self._head.status < 400:
            self._explanation = explain_stream(self._reader.error, self._sent, self._masker)
        elif response := self._response():
            self._explanation = explain_answer(response, self._sent, self._masker)

    def finish(self, at_ns: int) -> Exchange:
        """End it with the whole answer, or with the error that the service put into its stream."""
        stream = self._end_stream(at_ns)
        reported = self._reader.failure if self._reader and self._head and self._head.status < 400 else None
        if reported:
            if self._explanation is None:
                self.explain()  # the stream ended within the message that reports it
            return self._failed(at_ns, reported, stream)
        timings = self._stopwatch.stop(at_ns)
        response = self._response()
        traced = self._traced(response)
        told = self._explanation
        self._emit(
            Finished(
                at_ns=at_ns,
                body_bytes=self.body_bytes,
                timings=timings,
                stream=stream,
                meta_uuid=traced,
                explanation=told,
                closed=self.closed,
            )
        )
        return Exchange(
            sent=self._sent,
            response=response,
            timings=timings,
            stream=stream,
            meta_uuid=traced,
            explanation=told,
            closed=self.closed,
        )

    def _traced(self, response: Response | None) -> MetaUuid | None:
        """Compare the answer's `meta.uuid` with the one that was sent."""
        sent = self._sent.body.meta_uuid
        if not sent or response is None:
            return None
        mask = self._masker.mask
        return MetaUuid(sent=mask(sent), received=mask(meta_uuid.read(response.body)))

    def fail(self, failure: Failure, at_ns: int) -> Exchange:
        """End it with a failure; what arrived until then is kept."""
        return self._failed(at_ns, failure, self._end_stream(at_ns))

    def _failed(self, at_ns: int, failure: Failure, stream: StreamSummary | None) -> Exchange:
        failure = masked(failure, self._masker)
        timings = self._stopwatch.stop(at_ns, failure.layer)
        told = self._explanation
        self._emit(
            Failed(
                at_ns=at_ns,
                failure=failure,
                body_bytes=self.body_bytes,
                timings=timings,
                stream=stream,
                explanation=told,
            )
        )
        return Exchange(
            sent=self._sent,
            response=self._response(),
            failure=failure,
            timings=timings,
            stream=stream,
            explanation=told,
            closed=self.closed,
        )

    def cancel(self) -> None:
        """End it because the user stopped it."""
        at_ns = perf_counter_ns()
        stream = self._end_stream(at_ns)
        timings = self._stopwatch.stop(at_ns)
        self._emit(Cancelled(at_ns=at_ns, body_bytes=self.body_bytes, timings=timings, stream=stream))

    def _end_stream(self, at_ns: int) -> StreamSummary | None:
        if self._talk is not None and self._reader is None:
            talked = self._talk.end(at_ns)
            return talked and msgspec.structs.replace(talked, inexact=self._inexact)
        if self._reader is None:
            return None
        for event in self._reader.close(at_ns):
            self._emit(event)
        return msgspec.structs.replace(self._reader.summary(), inexact=self._inexact)

    def _response(self) -> Response | None:
        if self._head is None:
            return None
        return Response(
            status=self._head.status,
            reason=self._head.reason or reason_phrase(self._head.status),
            http_version=self._head.http_version,
            headers=self._head.headers,
            body=self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces),
        )
