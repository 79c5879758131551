"""Python with requests: the file form and the JSON form of the vendors' pages, repeated in threads if wanted."""

from __future__ import annotations

from firstlight.formats.snippets.outgoing import Outgoing, OwnCertificate
from firstlight.formats.snippets.python_code import (
    body_lines,
    call,
    checked,
    form_lines,
    header_value,
    imports,
    indented,
    literal,
    opened_files,
    repeated,
    text,
)
from firstlight.formats.snippets.python_signing import signing_lines
from firstlight.formats.snippets.python_tls import context_lines
from firstlight.formats.snippets.snippet import Repeat, Snippet

_SESSION = """

class Certified(requests.adapters.HTTPAdapter):
    \"\"\"Shows a certificate that `cert=` cannot open.\"\"\"

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, ssl_context=context, **kwargs)


session = requests.Session()
session.mount("https://", Certified())
""".splitlines()


def _write(request: Outgoing, repeat: Repeat) -> str:
    body, data = body_lines(request, request.text) if request.text is not None else ([], "")
    head = [f"url = {text(request, request.url)}", *_headers(request), *body]
    head += [*context_lines(request), *_SESSION] if _needs_context(request.certificate) else []
    send = [*(form_lines(request) if request.parts else []), *_call(request, data)]
    if opened := opened_files(request):
        send = opened + indented(send)
    send += [*checked(repeat), "print(response.status_code)", "print(response.text)"]
    code = "\n".join([*signing_lines(request, _sent(request)), *head, "", *repeated(send, repeat)])
    return "\n".join([*imports(code, "requests"), "", code]) + "\n"


def _sent(request: Outgoing) -> str:
    """Return the expression for the bytes that go out; a file has to be read to be signed."""
    if request.path and request.signer and request.signer.payload == "signed":
        return "request.body = request.body.read()"
    return 'request.body or b""'


def _needs_context(own: OwnCertificate | None) -> bool:
    """Tell whether the certificate is one that `cert=` cannot open: it knows PEM, and no passphrase."""
    return own is not None and (own.pkcs12 or bool(own.passphrase))


def _headers(request: Outgoing) -> list[str]:
    """Return the lines that define `headers`; requests takes each name once, so that values are joined (RFC 9110)."""
    joined: dict[str, tuple[str, str]] = {}
    for name, value in request.headers:
        first, before = joined.get(name.lower(), (name, ""))
        joined[name.lower()] = (first, f"{before}, {value}" if name.lower() in joined else value)
    rows = [f"    {text(request, name)}: {header_value(request, value)}," for name, value in joined.values()]
    return ["headers = {", *rows, "}"] if rows else []


def _call(request: Outgoing, data: str) -> list[str]:
    settings = request.settings
    arguments = [text(request, request.method), "url"]
    arguments += ["headers=headers"] if request.headers else []
    if request.basic:
        parts = [text(request, part) for part in request.basic]
        if request.digest:
            arguments.append(f"auth=requests.auth.HTTPDigestAuth({', '.join(parts)})")
        else:
            arguments.append(f"auth=({', '.join(f'({part}).encode()' for part in parts)})")
    arguments += ["auth=signed"] if request.signer else []
    arguments += ["files=files"] if request.parts else []
    arguments += [f"data={data or 'body'}"] if request.path or data else []
    arguments += [] if settings.verify_tls else ["verify=False"]
    arguments += [f"verify={literal(settings.ca_file)}"] if settings.ca_file and settings.verify_tls else []
    if (own := request.certificate) and not _needs_context(own):
        both = [literal(path) for path in (own.file, own.key_file) if path]
        arguments.append(f"cert=({', '.join(both)})" if own.key_file else f"cert={both[0]}")
    arguments.append(f"timeout=({_seconds(settings.connect_timeout_s)}, {_seconds(settings.idle_timeout_s)})")
    arguments += [] if settings.follow_redirects else ["allow_redirects=False"]
    sender = "session" if _needs_context(request.certificate) else "requests"
    return call(f"response = {sender}.request", arguments)


def _seconds(value: float | None) -> str:
    return "None" if value is None else f"{value:g}"


SNIPPET = Snippet(
    kind="python-requests", label="Python – requests", lexer="python", write=_write, repeats=True, signs=True
)
