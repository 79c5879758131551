"""A request as it goes out, for commands and scripts: the same code builds it that sends it, secrets left open.

Secrets and kept variables travel through that code as marks, words of letters and digits that no encoding changes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from mimetypes import guess_type
from pathlib import Path

from firstlight.auth import TOKEN, AuthMethod, method
from firstlight.auth.placing import one_line
from firstlight.bodies import body_kind
from firstlight.bodies.messages import message_kind
from firstlight.formats.snippets import Lookup, Outgoing, Part, Signer
from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.exchange import Scope, Variable
from firstlight.model.prepared import EncodedBody, FileSlice, PreparedRequest
from firstlight.model.protocols import WEBSOCKET, handshake, is_websocket
from firstlight.model.request import Authorization, Body, FormPart, Message, Request, with_inherited
from firstlight.model.secrets import environment_name
from firstlight.model.wire_url import as_sent, wire_url
from firstlight.runner.carried import cookie_headers, own_certificate
from firstlight.runner.header_rows import Rows, default_headers, left_out, sends_cookies, user_rows, with_generated
from firstlight.runner.prepare import checked_method, effective_authorization, typed_url
from firstlight.runner.variables import resolve, resolve_message
from firstlight.texts import tr

_FORM_TYPE = "multipart/form-data"
_AS_USER_AND_PASSWORD = ("basic", "app-basic", "digest")
_TOKEN_NAME = "access-token"  # noqa: S105 - the name of a secret: FIRSTLIGHT_SECRET_ACCESS_TOKEN


def outgoing(
    request: Request,
    scope: Scope,
    *,
    hide: bool = True,
    keep_variables: bool = False,
    certificates: Iterable[ClientCertificate] = (),
) -> Outgoing:
    """Return what is sent for `request`.

    `certificates` are those of the settings, each with the name of its passphrase for the passphrase.
    With `hide` every `{{secret:name}}` is looked up when the snippet runs; values typed in place must have become such
    references before (store.secret_fields.stash). With `keep_variables` a `{{name}}` stays as it is.

    Raises:
        ExchangeError: layer `variable`, `file` or `protocol`, as for sending it. Files are not looked for.
    """
    request = with_inherited(request, scope.authorization)
    marks = _Marks(_unused_word(request, scope))
    known = replace(
        scope,
        secret=marks.secret if hide else scope.secret,
        variables=_Kept(marks) if keep_variables else scope.variables,
    )
    filled, _ = resolve(request, known)
    if not is_websocket(filled):
        return marks.opened(_built(filled, known, marks, certificates, hide=hide))
    messages = tuple(_message(message, known, marks) for message in filled.messages)
    made = _built(handshake(filled), known, marks, certificates, hide=hide)
    notes = (*made.notes, *((tr("“websockets” cannot answer Digest; cURL can."),) if made.digest else ()))
    return marks.opened(replace(made, protocol=WEBSOCKET, messages=messages, notes=notes))


def _message(message: Message, known: Scope, marks: _Marks) -> Message:
    """Return a message with its references filled in; bytes are checked, and in hex unless they hold a mark."""
    filled, _ = resolve_message(message, known)
    if filled.kind == "file":
        message_kind("file").encode(filled, lambda path: FileSlice(path=path, size_bytes=0))
        return replace(filled, path=_place(filled.path.strip(), known.folder))
    if filled.kind != "binary" or marks.word in filled.text:
        return filled
    content = message_kind("binary").encode(filled, lambda path: FileSlice(path=path, size_bytes=0)).content
    return replace(filled, encoding="hex", text=content.hex() if isinstance(content, bytes) else "")


def _built(
    request: Request, known: Scope, marks: _Marks, certificates: Iterable[ClientCertificate], *, hide: bool
) -> Outgoing:
    body = body_kind(request.body.kind).encode(request.body, lambda path: FileSlice(path=path, size_bytes=0))
    if request.body.kind == "form-data":
        body = replace(body, content_type=_FORM_TYPE)  # the boundary is the client's
    rows = tuple(row for row in user_rows(request.headers) if not _made_by_client(row, request.body))
    typed = typed_url(request)
    target = None if marks.in_authority(typed) else wire_url(typed)
    url = target.url if target else as_sent(typed.partition("#")[0])
    headers = with_generated(rows, body, request.settings, request.without)
    unsigned = PreparedRequest(method=checked_method(request.method), url=url, headers=headers, body=body)
    authorization = effective_authorization(request, target, rows) if target else request.authorization
    chosen = method(authorization.kind)
    obtained = {TOKEN: marks.secret(_TOKEN_NAME)} if chosen.acquire else {}  # whoever runs the snippet has one
    signed = chosen.apply(unsigned, {**authorization.values, **obtained})
    user = authorization.values if authorization.kind in _AS_USER_AND_PASSWORD else None
    signer = _signer(authorization)
    cookies: Rows = ()
    if target and known.jar and request.settings.cookies and sends_cookies(rows, request.without):
        cookies = cookie_headers(known.jar, target, lambda name, value: marks.secret(name) if hide else value)
    own = own_certificate(certificates, target, marks.secret) if target else None
    made = Outgoing(
        method=signed.method,
        url=signed.url,
        headers=(*_named((unsigned if user else signed).headers, rows, request.body), *cookies),
        without=left_out(request.without),
        basic=(user.get("username", ""), user.get("password", "")) if user else None,
        digest=authorization.kind == "digest",
        settings=request.settings,
        lookups=marks.lookups(url, signed.url),
        signer=signer,
        certificate=own,
        notes=_notes(chosen, signer),
    )
    return _with_body(made, request.body, body, known.folder)


def _signer(authorization: Authorization) -> Signer | None:
    """Return the key of the two signatures that a script can compute by itself."""
    values = {name: one_line(value) for name, value in authorization.values.items()}
    if authorization.kind == "aksk":
        return Signer(access=values["ak"], secret=values["sk"], payload=values.get("payload", "auto"))
    if authorization.kind == "app-signature":
        payload = values.get("payload", "signed")
        return Signer(access=values["app_key"], secret=values["app_secret"], payload=payload, of_app=True)
    return None


def _notes(chosen: AuthMethod, signer: Signer | None) -> tuple[str, ...]:
    if chosen.sign is None:
        return ()
    return (
        tr("Not signed yet: “{kind}” is computed when the request is sent.", kind=tr(chosen.label)),
        tr("A signature fits one body and one address, and is valid for a few minutes only."),
        *((tr("The Python snippets sign by themselves."),) if signer else ()),
    )


def _made_by_client(row: tuple[str, str], body: Body) -> bool:
    """Tell whether a client makes this header by itself: it counts the body and draws the boundary of a form."""
    name, value = row[0].lower(), row[1].lower()
    is_form = body.kind == "form-data" and value.startswith(_FORM_TYPE)
    return name == "content-length" or (name == "content-type" and is_form)


def _named(headers: Rows, rows: Rows, body: Body) -> Rows:
    """Return the lines that the snippet names: not the defaults, for every client has its own."""
    defaults = {name.lower() for name, _ in default_headers()} - {name.lower() for name, _ in rows}
    return tuple(row for row in headers if row[0].lower() not in defaults and not _made_by_client(row, body))


def _with_body(made: Outgoing, body: Body, encoded: EncodedBody, folder: str) -> Outgoing:
    if body.kind == "form-data":
        return replace(made, parts=tuple(part for row in body.parts if row.enabled for part in _parts(row, folder)))
    if any(isinstance(piece, FileSlice) for piece in encoded.pieces):
        return replace(made, path=_place(body.path, folder))
    data = b"".join(piece for piece in encoded.pieces if isinstance(piece, bytes))
    return replace(made, text=data.decode("utf-8", "replace")) if data else made


def _parts(row: FormPart, folder: str) -> Iterator[Part]:
    if row.kind != "file":
        if row.name or row.value:
            yield Part(name=row.name, value=row.value, content_type=row.content_type)
        return
    for path, given in zip_longest(row.files, row.file_names[: len(row.files)], fillvalue=""):
        name = given or path.replace("\\", "/").rpartition("/")[2]
        content_type = row.content_type or guess_type(name)[0] or "application/octet-stream"
        yield Part(name=row.name, path=_place(path, folder), file_name=name, content_type=content_type)


def _place(path: str, folder: str) -> str:
    """Return where a file is, as runner.files finds it."""
    return str(Path(folder, os.path.expanduser(path))) if folder else os.path.expanduser(path)


@dataclass(slots=True)
class _Marks:
    """Hands out a mark for everything that is filled in later."""

    word: str
    _secrets: dict[str, str] = field(default_factory=dict)
    _variables: dict[str, str] = field(default_factory=dict)

    def secret(self, name: str) -> str:
        """Return the mark of a secret."""
        return self._mark(self._secrets, f"s{name}")

    def variable(self, name: str) -> str:
        """Return the mark of a variable that is kept."""
        return self._mark(self._variables, f"v{name}")

    def _mark(self, marks: dict[str, str], key: str) -> str:
        return marks.setdefault(key, f"{self.word}{key[0]}{len(marks)}z")

    def in_authority(self, url: str) -> bool:
        """Tell whether scheme, host or port are not known yet."""
        return self.word in url.partition("://")[2].partition("/")[0] or url.startswith(self.word)

    def lookups(self, before: str, after: str) -> dict[str, Lookup]:
        """Return every mark of a secret; one that the authorization put into the URL is encoded by the script."""
        found = {}
        for key, mark in self._secrets.items():
            found[mark] = Lookup(name=environment_name(key[1:]), encoded=mark in after and mark not in before)
        return found

    def opened(self, made: Outgoing) -> Outgoing:
        """Return `made` with the kept variables as they were written."""
        names = {mark: f"{{{{{key[1:]}}}}}" for key, mark in self._variables.items()}

        def back(text: str) -> str:
            for mark, reference in names.items():
                text = text.replace(mark, reference)
            return text

        if not names:
            return made
        return replace(
            made,
            method=back(made.method),
            url=back(made.url),
            headers=tuple((back(name), back(value)) for name, value in made.headers),
            basic=(back(made.basic[0]), back(made.basic[1])) if made.basic else None,
            signer=replace(made.signer, access=back(made.signer.access), secret=back(made.signer.secret))
            if made.signer
            else None,
            text=None if made.text is None else back(made.text),
            path=back(made.path),
            settings=replace(
                made.settings,
                connect_to=back(made.settings.connect_to),
                ca_file=back(made.settings.ca_file),
                subprotocols=back(made.settings.subprotocols),
            ),
            messages=tuple(replace(each, text=back(each.text), path=back(each.path)) for each in made.messages),
            parts=None if made.parts is None else tuple(_part_back(part, back) for part in made.parts),
        )


def _part_back(part: Part, back: Callable[[str], str]) -> Part:
    return replace(part, **{name: back(getattr(part, name)) for name in Part.__slots__})


class _Kept(Mapping[str, Variable]):
    """Every variable there may be; its value is a mark."""

    def __init__(self, marks: _Marks) -> None:
        self._marks = marks

    def __getitem__(self, name: str) -> Variable:
        return Variable(value=self._marks.variable(name), origin="run")

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _unused_word(request: Request, scope: Scope) -> str:
    word = "mark"
    seen = f"{request!r}{[variable.value for variable in scope.variables.values()]!r}"
    while word in seen:
        word += "k"
    return word
