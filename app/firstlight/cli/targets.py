"""What `send` sends: finds the Request that TARGET means, and everything it may refer to."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from firstlight.cli.arguments import SendOptions
from firstlight.cli.inputs import read_command
from firstlight.cli.secrets import secret_store
from firstlight.model.exchange import Scope, Variable
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.protocols import is_websocket
from firstlight.model.request import Message, Request, with_inherited
from firstlight.model.route import Choice, as_plain, chosen
from firstlight.model.surroundings import Surroundings
from firstlight.model.urls import with_typed_url
from firstlight.runner.conversation import Conversation
from firstlight.store import pages
from firstlight.store.cookie_jar import CookieJar
from firstlight.store.part_file import PartFile
from firstlight.store.secret_fields import prefetch
from firstlight.store.settings import load_settings
from firstlight.store.settings_use import new_request_settings
from firstlight.store.workspace import Workspace
from firstlight.texts import Phrase

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|\{\{")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A Request and its Scope, ready for exchange()."""

    request: Request
    scope: Scope
    sink: PartFile | None = None
    """The file that the body goes to while it arrives."""
    jar: CookieJar | None = None
    """The cookies of the workspace: to be written when the exchange is over."""
    wait_s: float | None = None
    """The silence that ends a WebSocket."""

    @property
    def conversation(self) -> Conversation | None:
        """What to say over a WebSocket; made when the loop runs. None: there is none."""
        if not is_websocket(self.request):
            return None
        conversation = Conversation(close_after_s=self.wait_s)
        for message in self.request.messages:
            conversation.send(message, self.scope)
        return conversation


def find_target(options: SendOptions) -> Target:
    """Read the request and its variables.

    Raises:
        ExchangeError: (layer `file`) there is no such request, workspace or environment, or its file is broken.
    """
    file = Path(options.target)
    if options.curl:
        request, workspace, path = read_command(options.curl), workspace_for(options.workspace, Path.cwd()), ""
        folder = Path.cwd()  # the files of a command are where it is typed
    elif _URL.match(options.target):
        workspace = workspace_for(options.workspace, Path.cwd())
        blank = Request(name=options.target, settings=new_request_settings(load_settings()))
        request, path, folder = with_typed_url(blank, options.target), "", Path.cwd()
    elif file.is_file():
        workspace = workspace_for(options.workspace, file.resolve().parent)
        request, folder = pages.read_request(file), file.resolve().parent
        path = _path_in(workspace, file.resolve())
    else:
        workspace = workspace_for(options.workspace, Path.cwd())
        if workspace is None:
            raise _nothing(options.target)
        path = workspace.find(options.target)
        request, folder = workspace.load_request(path), workspace.folder
    request = _routed(request, options)
    service = workspace.services.named(request.service) if workspace else None
    around = _surroundings(workspace, path, options)
    variables = {**around.variables, **{name: Variable(value=v, origin="run") for name, v in options.variables}}
    given = tuple(Message(text=text) for text in options.messages)
    request = replace(request, messages=given or request.messages)
    signed = with_inherited(request, around.authorization)
    look_up = prefetch(as_plain(signed, service), variables, secret_store())
    folder = workspace.folder if workspace and not options.curl else folder
    jar = jar_of(workspace) if workspace else None
    scope = Scope(
        variables=variables,
        secret=look_up,
        folder=str(folder),
        authorization=around.authorization,
        service=service,
        jar=jar,
    )
    wait_s = request.settings.idle_timeout_s if options.wait_s is None else options.wait_s
    return Target(request=request, scope=scope, jar=jar, wait_s=wait_s)


def _routed(request: Request, options: SendOptions) -> Request:
    """Return the request over the channel and with the credential that the options ask for."""
    choice = Choice(channel=options.channel, credential=options.credential)
    if choice != Choice() and not request.service:
        message = Phrase("The request belongs to no service, so there are no channels and credentials to choose from.")
        hint = Phrase("Give the request a service, or leave --channel and --credential away.")
        raise failed("variable", "no-service", message, hint=hint)
    return chosen(request, choice)


def workspace_for(named: str, start: Path) -> Workspace | None:
    """Open the named workspace, else the one that `start` lies in."""
    if named:
        return Workspace.open(Path(named))
    around = next((folder for folder in (start, *start.parents) if (folder / pages.WORKSPACE).is_file()), None)
    return Workspace.open(around) if around else None


def jar_of(workspace: Workspace) -> CookieJar:
    """Return the cookies of a workspace as they are now."""
    jar = CookieJar.of(workspace.folder)
    with suppress(ExchangeError):  # told when they cannot be written either
        jar.sync()
    return jar


def _path_in(workspace: Workspace | None, file: Path) -> str:
    if workspace is None or not file.is_relative_to(workspace.folder):
        return ""
    return file.relative_to(workspace.folder).as_posix()


def _surroundings(workspace: Workspace | None, path: str, options: SendOptions) -> Surroundings:
    if workspace is None and options.environment:
        message = Phrase("There is no workspace to take the environment “{name}” from.", name=options.environment)
        raise failed("file", "no-workspace", message, hint=Phrase("Name its folder with -w."))
    return workspace.surroundings(path, options.environment) if workspace else Surroundings()


def _nothing(target: str) -> Exception:
    message = Phrase("“{target}” is neither a URL nor a file, and there is no workspace here.", target=target)
    hint = Phrase("A URL starts with http:// or https://; a workspace is named with -w.")
    return failed("file", "unknown-request", message, hint=hint)
