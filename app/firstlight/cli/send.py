"""`firstlight send`: one Exchange, told as it happens or as one object, and its exit code."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from firstlight.advice.endings import doubt_of
from firstlight.cli import exit_codes
from firstlight.cli.arguments import SendOptions
from firstlight.cli.console import Output, complain, say
from firstlight.cli.event_lines import EventLines
from firstlight.cli.json_report import JsonReport
from firstlight.cli.plain_body import PlainBody
from firstlight.cli.saved_body import part_file, save_body
from firstlight.cli.secrets import secret_store
from firstlight.cli.targets import Target, find_target
from firstlight.model.caution import reason_for
from firstlight.model.events import Event, Failed, Started
from firstlight.model.exchange import Emit, Exchange
from firstlight.model.explanation import Explanation
from firstlight.model.failure import ExchangeError, Failure
from firstlight.model.network import NetworkSettings
from firstlight.model.protocols import WEBSOCKET, is_websocket
from firstlight.model.response import Response
from firstlight.model.secrets import Masker
from firstlight.runner.consenting import consented
from firstlight.runner.exchange import exchange
from firstlight.runner.masking import masked
from firstlight.runner.messages import prepare_message
from firstlight.runner.obtaining import with_token
from firstlight.runner.prepare import prepare
from firstlight.runner.signature_checks import clock_ahead, clock_words
from firstlight.runner.tokens import Tokens
from firstlight.store.kept_tokens import KeptTokens
from firstlight.store.part_file import PartFile
from firstlight.store.settings import load_settings
from firstlight.store.settings_use import network_settings
from firstlight.texts import language, tr
from firstlight.transport import HttpTransport, warm_up, warm_up_websocket
from firstlight.transport.redirect_listener import listen_for_redirect

Listener = PlainBody | JsonReport | EventLines


def send(options: SendOptions) -> int:
    """Send the request and print the answer as the options ask for."""
    output = Output()
    listener = _listener(options, output)
    try:
        target = replace(find_target(options), sink=_sink(options))
    except ExchangeError as error:
        return _not_sent(error.failure, listener)
    warm_up()  # or the time of the first connection would be that of importing the network stack
    if is_websocket(target.request):
        warm_up_websocket()
    try:
        outcome = asyncio.run(_exchange(target, listener, output))
    except asyncio.CancelledError:
        return output.exit_code(exit_codes.NOBODY_READS)
    finally:
        _keep_cookies(target)
    return _told(outcome, target, options, listener, output)


def _sink(options: SendOptions) -> PartFile | None:
    """Return what takes the body while it arrives; what prints the body as well needs it in memory."""
    made = part_file(options.output) if options.output else None
    return None if options.as_json or options.as_events else made


def _keep_cookies(target: Target) -> None:
    try:
        if target.jar is not None:
            target.jar.sync()
    except ExchangeError as error:
        complain(error.failure)


def _listener(options: SendOptions, output: Output) -> Listener:
    if options.as_json:
        return JsonReport(output)
    return EventLines(output) if options.as_events else PlainBody(output, silent=bool(options.output))


def _not_sent(failure: Failure, listener: Listener) -> int:
    listener.hear(Failed(at_ns=time.perf_counter_ns(), failure=failure))
    listener.finish(Exchange(sent=None, failure=failure))
    complain(failure)
    return exit_codes.WRONG_INPUT


async def _exchange(target: Target, listener: Listener, output: Output) -> Exchange:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - asyncio.run always makes one
    output.gone = task.cancel
    transport = HttpTransport(await asyncio.to_thread(_network))
    tokens = Tokens(KeptTokens(secret_store()))
    tokens.ask_person = partial(consented, listen=listen_for_redirect, browse=_show_page)
    try:
        try:
            # Before anything is printed: what is printed live must not show the token either.
            ready = replace(target.scope, tokens=tokens)
            target = replace(target, scope=await with_token(target.request, ready, transport))
        except ExchangeError as error:
            return _without_token(target, error.failure, listener)
        listener.begin(target.request, Masker.of({*_secrets(target), *transport.secrets, *secret_store().given()}))
        return await exchange(
            target.request, target.scope, transport, _cautious(listener), target.conversation, target.sink
        )
    finally:
        await tokens.aclose()
        await transport.aclose()


def _show_page(page: str) -> None:
    """Leave it to the person which browser opens the page; it has to be one of this machine."""
    say(tr("Sign in on this page, in a browser of this machine: {page}", page=page))


def _without_token(target: Target, failure: Failure, listener: Listener) -> Exchange:
    listener.begin(target.request, Masker())
    listener.hear(Failed(at_ns=time.perf_counter_ns(), failure=failure))
    return Exchange(sent=None, failure=failure)


def _cautious(listener: Listener) -> Emit:
    """Return what hears an exchange: the listener, and standard error what the guards say before it is sent."""

    def hear(event: Event) -> None:
        if isinstance(event, Started):
            for caution in event.cautions:
                if not caution.afterwards:
                    message, remedy = tr(caution.message), tr(caution.remedy)
                    say(tr("Note: {message} {remedy}", message=message, remedy=remedy))
        listener.hear(event)

    return hear


def _network() -> NetworkSettings:
    """Reach the network as the window does. May ask the keyring for the password of the proxy."""
    return network_settings(load_settings(), secret_store().get)


def _secrets(target: Target) -> Iterable[str]:
    """Return the secrets that the request will use, before it is sent: what is printed live is masked, too."""
    with suppress(ExchangeError):  # exchange() meets the same error and tells it
        prepared = prepare(target.request, target.scope, stopped=lambda: True)  # files are not hashed twice
        yield from prepared.secrets
        for message in target.request.messages if prepared.protocol == WEBSOCKET else ():
            yield from prepare_message(message, target.scope).secrets


def _clock(outcome: Exchange) -> str:
    """Say that a signature was refused because of the clock of this computer; empty when that is not why."""
    signing = outcome.sent.signing if outcome.sent else None
    if signing is None or outcome.response is None:
        return ""
    ahead_s = clock_ahead(signing, outcome.response.status, outcome.response.header("date"))
    return str(clock_words(signing, ahead_s)) if ahead_s is not None and abs(ahead_s) > signing.tolerance_s else ""


def _told(outcome: Exchange, target: Target, options: SendOptions, listener: Listener, output: Output) -> int:
    listener.finish(outcome)
    code = exit_codes.for_exchange(outcome, fail=options.fail)
    if outcome.failure is not None:
        complain(masked(outcome.failure, Masker.of(secret_store().given())))
    elif code == exit_codes.REFUSED and outcome.closed is not None:
        said = f"{outcome.closed.code} {outcome.closed.reason}".strip()
        say(tr("The WebSocket was closed with {code}.", code=said))
    elif code == exit_codes.REFUSED and outcome.response is not None:
        say(_refusal(outcome.response, outcome.explanation))
        _say_reason(outcome, outcome.response, outcome.explanation)
    elif doubt := doubt_of(outcome.stream):
        say(tr(doubt))
    if words := _clock(outcome):
        say(words)
    if target.sink is not None and target.sink.used:
        if target.sink.part.exists():
            say(tr("What came until then is in {path}", path=target.sink.part))
    elif options.output and outcome.response is not None:
        try:
            save_body(Path(options.output), listener.kept(outcome.response))
        except ExchangeError as error:
            complain(error.failure)
            return exit_codes.WRONG_INPUT
    return output.exit_code(code)


def _say_reason(outcome: Exchange, response: Response, explanation: Explanation | None) -> None:
    """Say what a guard knew that is only worth telling now."""
    if outcome.sent is None or explanation is None:
        return
    later = [caution for caution in outcome.sent.cautions if caution.afterwards]
    if found := reason_for(later, response.status, explanation.code):
        say(tr("Noticed in the request: {message} {remedy}", message=tr(found.message), remedy=tr(found.remedy)))


def _refusal(response: Response, explanation: Explanation | None) -> str:
    """Say what a refusal is: its status, and what it means and wants in one line."""
    line = tr("The answer is {status} {reason}.", status=response.status, reason=response.reason)
    if explanation is None:
        return line
    meaning, remedy = explanation.told(language())
    code = "" if explanation.code == str(response.status) else explanation.code
    return " ".join(part for part in (line, f"{code}: {meaning}" if code else meaning, remedy) if part)
