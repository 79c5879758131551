"""Python with httpx; a request for a stream prints its tokens as they arrive."""

from __future__ import annotations

from firstlight.formats.snippets.outgoing import Outgoing
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

_LINES = '''

def lines(response):
    """Yield the lines of a stream as they arrive. iter_lines() would also split inside JSON, at U+2028."""
    rest = b""
    for data in response.iter_bytes():
        *whole, rest = (rest + data).split(b"\\n")
        yield from whole
    yield rest


'''.splitlines()
_TOKENS = """
for line in lines(response):
    if not line.startswith(b"data:") or line[5:].strip().startswith(b"[DONE]"):
        continue
    chunk = json.loads(line[5:])
    for choice in chunk.get("choices") or []:
        delta = choice.get("delta") or choice.get("message") or {}
        token = delta.get("reasoning_content") or delta.get("content") or ""
        print(token, end="", flush=True)
print()
""".strip().splitlines()


def _write(request: Outgoing, repeat: Repeat) -> str:
    body, data = body_lines(request, request.text) if request.text is not None else ([], "")
    head = [f"url = {text(request, request.url)}", *_headers(request), *body]
    head += context_lines(request) if request.certificate else []
    send = [*(form_lines(request) if request.parts else []), *_call(request, data)]
    if opened := opened_files(request):
        send = opened + indented(send)
    if not request.streams:
        send += [*checked(repeat), "print(response.status_code)", "print(response.text)"]
    code = "\n".join(
        [
            *signing_lines(request, "request.read()"),
            *head,
            *(_LINES if request.streams else [""]),
            *repeated(send, repeat),
        ]
    )
    return "\n".join([*imports(code, "httpx"), "", code]) + "\n"


def _headers(request: Outgoing) -> list[str]:
    rows = [f"    ({text(request, name)}, {header_value(request, value)})," for name, value in request.headers]
    return ["headers = [", *rows, "]"] if rows else []


def _call(request: Outgoing, data: str) -> list[str]:
    settings = request.settings
    arguments = [text(request, request.method), "url"]
    arguments += ["headers=headers"] if request.headers else []
    if request.basic:
        kind = "httpx.DigestAuth" if request.digest else ""
        arguments.append(f"auth={kind}({', '.join(text(request, part) for part in request.basic)})")
    arguments += ["auth=signed"] if request.signer else []
    arguments += ["files=files"] if request.parts else []
    arguments += [f"content={data or 'body'}"] if request.path or data else []
    arguments += _verify(request)
    connect, idle = (_seconds(value) for value in (settings.connect_timeout_s, settings.idle_timeout_s))
    arguments.append(f"timeout=httpx.Timeout({idle}, connect={connect})")
    arguments += ["follow_redirects=True"] if settings.follow_redirects else []
    if not request.streams:
        return call("response = httpx.request", arguments)
    return [
        *call("with httpx.stream", arguments, " as response:"),
        "    if response.status_code >= 400:",
        "        response.read()",
        '        raise RuntimeError(f"{response.status_code} {response.text}")',
        *indented(_TOKENS),
    ]


def _verify(request: Outgoing) -> list[str]:
    settings = request.settings
    if request.certificate:
        return ["verify=context"]
    if not settings.verify_tls:
        return ["verify=False"]
    return [f"verify=ssl.create_default_context(cafile={literal(settings.ca_file)})"] if settings.ca_file else []


def _seconds(value: float | None) -> str:
    return "None" if value is None else f"{value:g}"


SNIPPET = Snippet(kind="python-httpx", label="Python – httpx", lexer="python", write=_write, repeats=True, signs=True)
