"""The real curl and First Light send the same: the command goes to both, a loopback server compares."""

from __future__ import annotations

import asyncio
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from servers import Received, collect, replies, response, run, scope, serving

from firstlight.formats.curl import parse_curl

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")

COMMANDS = {
    "plain": "curl URL/a",
    "no path": "curl 'URL?x=1'",
    "query as typed": "curl 'URL/p?a=b%20c&d=e+f&flag&e='",
    "unquoted query": "curl URL/p?a=1",
    "no scheme": "curl HOST/p",
    "glued letters": "curl -sSXDELETE URL/a",
    "custom method": "curl -X PURGE URL/a",
    "data": "curl -d a=1 -d 'b=2&c=3' URL/a",
    "glued data": "curl -da=1 URL/a",
    "data keeps line breaks of the argument": "curl -d 'a\nb' URL/a",
    "data-raw at sign": "curl --data-raw '@not-a-file' URL/a",
    "data-ascii": "curl --data-ascii x=y URL/a",
    "data-binary of a file": "curl --data-binary @three.txt -H 'Content-Type: text/plain' URL/a",
    "data of a file without line breaks": "curl -d @one.txt URL/a",
    "urlencode content": "curl --data-urlencode 'a b&c' URL/a",
    "urlencode =content": "curl --data-urlencode '=a b&c' URL/a",
    "urlencode name=content": "curl --data-urlencode 'q=a b&c=ü~._-/' URL/a",
    "json": """curl --json '{"a": 1}' URL/a""",
    "json twice": """curl --json '{"a":' --json ' 1}' URL/a""",
    "json with a header of its own": """curl --json '{}' -H 'Accept: text/plain' URL/a""",
    "empty data": "curl -d '' URL/a",
    "explicit content type": """curl -H 'Content-type: application/json' -d '{"a": 1.10}' URL/a""",
    "get with data": "curl -G -d a=1 --data-urlencode 'q=x y' 'URL/a?z=0#part'",
    "get with data and no query": "curl --get -d a=1 URL/a",
    "url-query": "curl --url-query 'q=a b' --url-query '+raw=%20' URL/a",
    "head": "curl -I URL/a",
    "head by get": "curl -I -G -d a=1 URL/a",
    "put with data": "curl -X PUT -d x URL/a",
    "upload": "curl -T picture.bin -H 'Content-Type: image/x' URL/a",
    "user": "curl -u me:se:cret URL/a",
    "user in the url": "curl http://me:pa%20ss@HOST/a",
    "user loses against a header": "curl -u me:secret -H 'Authorization: Basic eDp5' URL/a",
    "bearer option": "curl --oauth2-bearer tok URL/a",
    "bearer header": "curl -H 'Authorization: Bearer tok' URL/a",
    "basic header": "curl -H 'authorization: Basic dXNlcjpww6Q=' URL/a",
    "raw authorization": "curl -H 'Authorization: NWMyYjk' URL/api/predict/svc -d 1",
    "huawei": "curl -H 'X-Auth-Token:MIISkAY***80T9wHQ==' URL/a",
    "api key": "curl -H 'x-api-key: k1' URL/a",
    "user agent and referer": "curl -A 'me/1 (x)' -e 'http://from/;auto' URL/a",
    "cookies": "curl -b 'a=1; b=2' -b c=3 URL/a",
    "cookie header wins": "curl -b a=1 -H 'Cookie: b=2' URL/a",
    "empty header": "curl -H 'X-Empty;' URL/a",
    "removed header": "curl -A me/1 -H 'User-Agent:' -H 'User-Agent: other' URL/a",
    "duplicate headers": "curl -H 'X-A: 1' -H 'X-A: 2' URL/a",
    "range": "curl -r 0-99 URL/a",
    "several urls": "curl URL/a",
    "url option": "curl --url URL/a --request POST",
    "ansi quotes": r"""curl URL/a --data-raw $'it\'s\n\u00e9\x41\101 \\ \t!'""",
    "double quotes": r"""curl URL/a -H "X-A: \"q\" \\ \$HOME 'x'" """,
    "continuation": "curl URL/a \\\n  -H 'X-A: 1' \\\n  -H 'X-B: 2'",
    "joined quotes": """curl URL/a -d 'a='"'"'b'"'"''""",
    "form": "curl -F 'a=1' -F 'b=x;y' -F 'file=@three.txt;type=text/x-y' URL/a",
    "form string": "curl --form-string 'a=@b;type=c' URL/a",
    "form text with a type": "curl -F 'meta={\"a\": 1};type=application/json' URL/a",
    "form quoted": r"""curl -F 'a="x;\"y\""' -F 'file=@"odd;name.txt"' URL/a""",
    "form picture": "curl -F 'images=@picture.png' -X POST URL/a",
    "form of several files": "curl -F 'f=@one.txt' -F 'f=@three.txt;type=application/json' URL/a",
    "silent options": "curl -sS -o /dev/null -w '' --compressed -N --connect-timeout 5 -m 9.5 URL/a",
    "get by -L": "curl -L --max-redirs 3 URL/a",
    "operator after": "curl URL/a | cat",
}


def _same(received: Received) -> tuple[str, str, list[tuple[str, str]], bytes]:
    boundary = re.search(r"boundary=(\S+)", received.header("content-type") or "")
    mark = boundary[1] if boundary else "\0"
    pairs = []
    for name, value in received.headers:
        own = name.lower() == "user-agent" and value.startswith(("curl/", "FirstLight/"))
        own = own or (name.lower(), value) == ("accept", "*/*")
        if not own and name.lower() not in {"accept-encoding", "content-length", "connection", "expect"}:
            pairs.append((name.lower(), value.replace(mark, "B")))
    return received.method, received.target, sorted(pairs), received.body.replace(mark.encode(), b"B")


async def _by_curl(command: str, folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        "bash", "-c", command.replace("curl", "curl -s --path-as-is", 1), cwd=folder,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert await process.wait() == 0


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_curl_and_first_light_send_the_same(command: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"a=1&b=2")
    (tmp_path / "three.txt").write_bytes(b"one\r\ntwo\n\nthree")
    (tmp_path / "odd;name.txt").write_bytes(b"odd")
    (tmp_path / "picture.bin").write_bytes(bytes(range(256)))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")

    async def work() -> None:
        async with serving(replies(response())) as server:
            here = command.replace("URL", server.url).replace("HOST", server.url.removeprefix("http://"))
            await _by_curl(here, tmp_path)
            reading = parse_curl(here)
            outcome, _ = await collect(replace(reading.requests[0], name="x"), where=scope(tmp_path))
            assert outcome.failure is None, outcome.failure
            theirs, ours = server.received
            assert _same(ours) == _same(theirs)

    run(work())
