"""cURL commands as people copy them become the request they mean; what is not taken over is named."""

from __future__ import annotations

import json

import pytest

from firstlight.auth import METHODS
from firstlight.formats.curl import looks_like_curl, parse_curl
from firstlight.formats.curl.options import FLAGS, NAMED_VALUES, SHORT, SILENT_FLAGS, SILENT_VALUES, VALUES, takes_value
from firstlight.formats.error import FormatError
from firstlight.model.request import Authorization, Body, FormPart, Header, Request
from firstlight.model.urls import full_url


def read(text: str) -> Request:
    """Return the request of a command of which everything is understood."""
    reading = parse_curl(text)
    assert reading.notes == (), [str(note) for note in reading.notes]
    return reading.requests[0]


def notes(text: str) -> list[str]:
    return [str(note) for note in parse_curl(text).notes]


CHROME_BASH = r"""curl 'https://api.test/v1/chat?x=1&y=%20' \
  -H 'accept: text/event-stream' \
  -H 'authorization: Bearer sk-1' \
  -H 'content-type: application/json' \
  -b 'sid=1; theme=dark' \
  -H 'user-agent: Mozilla/5.0 (X11)' \
  --data-raw $'{"text":"it\'s \u0021 fine"}' \
  --compressed"""
CHROME_CMD = r"""curl ^"https://api.test/v1/chat?x=1^&y=%^20^" ^
  -H ^"accept: text/event-stream^" ^
  -H ^"authorization: Bearer sk-1^" ^
  -H ^"content-type: application/json^" ^
  -b ^"sid=1; theme=dark^" ^
  -H ^"user-agent: Mozilla/5.0 (X11)^" ^
  --data-raw ^"^{^\^"text^\^":^\^"it's ^! fine^\^"^}^" ^
  --compressed"""
POWERSHELL = r"""curl.exe 'https://api.test/v1/chat?x=1&y=%20' `
  -H 'accept: text/event-stream' `
  -H "authorization: Bearer sk-1" `
  -H 'content-type: application/json' `
  -b 'sid=1; theme=dark' `
  -H 'user-agent: Mozilla/5.0 (X11)' `
  --data-raw '{\"text\":\"it''s ! fine\"}'"""
COPIED = Request(
    method="POST",
    url="https://api.test/v1/chat",
    headers=(
        Header(name="accept", value="text/event-stream"),
        Header(name="user-agent", value="Mozilla/5.0 (X11)"),
        Header(name="Cookie", value="sid=1; theme=dark"),
    ),
    authorization=Authorization(kind="bearer", values={"token": "sk-1"}),
    body=Body(kind="raw", text='{"text":"it\'s ! fine"}'),
)


@pytest.mark.parametrize("text", [CHROME_BASH, CHROME_CMD, POWERSHELL, CHROME_CMD.replace("\n", "\r\n")])
def test_a_copy_from_a_browser_is_the_same_request_whatever_shell_it_was_copied_for(text: str) -> None:
    request = read(text)
    assert full_url(request) == "https://api.test/v1/chat?x=1&y=%20"
    assert request.body == COPIED.body
    assert request.headers == COPIED.headers
    assert request.authorization == COPIED.authorization
    assert request.method == "POST"


def test_a_copy_from_postman() -> None:
    request = read(
        """curl --location --request POST 'https://api.test/infer' \\
--header 'X-Auth-Token: MII' \\
--form 'images=@"/home/me/my rose.jpg"' \\
--form 'meta="{\\"a\\": \\"x;y\\"}"'"""
    )
    assert request.settings.follow_redirects
    assert request.authorization == Authorization(kind="x-auth-token", values={"token": "MII"})
    assert request.body.parts == (
        FormPart(name="images", kind="file", files=("/home/me/my rose.jpg",)),
        FormPart(name="meta", value='{"a": "x;y"}'),
    )


def test_a_vendors_page_that_lost_the_sign_at_the_end_of_its_first_line() -> None:
    request = read(
        """curl http://16.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test/v1/chat/completions
-H "Content-Type: application/json" \\
-H "Authorization: NWMyYjk" \\
-X POST \\
-d '{
    "model": "Qwen"
}'
"""
    )
    assert request.authorization == Authorization(kind="eas-token", values={"token": "NWMyYjk"})
    assert request.headers == ()
    assert json.loads(request.body.text) == {"model": "Qwen"}


def test_placeholders_of_a_vendors_page_are_no_redirection() -> None:
    reading = parse_curl("curl  <url> -H 'Authorization: <EAS_TOKEN>' -d '<request data>'")
    request = reading.requests[0]
    assert (request.url, request.body.text) == ("<url>", "<request data>")
    assert request.headers[0] == Header(name="Authorization", value="<EAS_TOKEN>")
    assert read("curl http://<host>:8080/v1").url == "http://<host>:8080/v1"


def test_a_page_that_left_the_url_out_says_so() -> None:
    text = "curl -kv -F 'images=@/home/data/test.png' -H 'X-Auth-Token:MIISkAY***80T9wHQ==' -X POST"
    assert notes(text) == ["The command names no URL."]
    request = parse_curl(text).requests[0]
    assert (request.method, request.settings.verify_tls) == ("POST", False)
    assert request.authorization.values == {"token": "MIISkAY***80T9wHQ=="}


@pytest.mark.parametrize(
    "text",
    [
        "curl https://h/a",
        "  \n$ curl https://h/a",
        "PS C:\\Users\\me> curl.exe https://h/a",
        "C:\\>curl https://h/a",
        "/usr/bin/curl https://h/a",
        "sudo curl https://h/a",
        "```bash\ncurl https://h/a\n```",
        "CURL https://h/a",
        "curl \\\n https://h/a",
        "curl https://h/a # a comment",
        "curl https://h/a > out.json 2>&1",
        "curl “https://h/a”",
    ],
)
def test_a_command_is_known_by_its_first_word(text: str) -> None:
    assert looks_like_curl(text)
    assert read(text).url == "https://h/a"


@pytest.mark.parametrize("text", ["curl.se/docs", "https://h/?q=curl x", "curl", "curly https://h", "", "see curl -h"])
def test_what_is_no_command(text: str) -> None:
    assert not looks_like_curl(text)
    with pytest.raises(FormatError):
        parse_curl(text)


def test_variables_of_the_shell_become_variables_here() -> None:
    text = (
        'curl "https://$HOST/v1" -H "Authorization: Bearer ${OPENAI_API_KEY}" -H "X-A: $FIRSTLIGHT_SECRET_IRIS_TOKEN"'
    )
    reading = parse_curl(text)
    request = reading.requests[0]
    assert request.url == "https://{{HOST}}/v1"
    assert request.authorization.values == {"token": "{{OPENAI_API_KEY}}"}
    assert request.headers[0].value == "{{secret:iris-token}}"
    assert [str(note) for note in reading.notes] == [
        "The shell's variable HOST became {{HOST}}: give it a value.",
        "The shell's variable OPENAI_API_KEY became {{OPENAI_API_KEY}}: give it a value.",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--proxy http://me:pw@p:1", "Not taken over: --proxy"),
        ("-x p:1", "Not taken over: --proxy"),
        ("--resolve a:1:2 --capath x", "Not taken over: --capath, --resolve"),
        ("--connect-to nonsense", "Not taken over: --connect-to"),
        ("--resolve nonsense", "Not taken over: --resolve"),
        ("--http1.0", "Not taken over: --http1.0"),
        ("-4", "Not taken over: -4"),
        ("--ntlm -u a:b", "--ntlm is not supported: choose an authorization yourself."),
        ("-u me", "-u names no password: fill it in on the Authorization tab."),
        ("--data @-", "Data from standard input is not taken over."),
        ("-T -", "Data from standard input is not taken over."),
        ("-F x=@-", "Data from standard input is not taken over."),
        ("-d @a.txt", "-d @file takes the line breaks out of a file; the file is sent as it is."),
        ("-d a -d @b", "A body of text and files is not taken over: the files were left out."),
        ("-G -d @b", "A file cannot become part of the URL; it was left out."),
        ("--data-urlencode a@b",
         "--data-urlencode with a file is not taken over: its content would have to be encoded."),
        ("--url-query @b", "--url-query with a file is not taken over: its content would have to be encoded."),
        ("-F a=b -d c", "Only the form is taken over: a request has one body."),
        ("-F 'a=(;type=x'", "-F with nested parts is not taken over."),
        ("-F 'a=<b'", "-F with <file sends the content of a file as text; the file is sent as a file."),
        ("-F 'a=b;headers=\"X: 1\"'", "-F with headers= is not taken over."),
        ("-F 'a=b;c'", "-F ends at a semicolon that is not in quotes, as in curl; the rest of “a” was left out."),
        ("-b jar.txt", "The file of cookies (-b) is not taken over."),
        ("-H @rows", "The headers in a file (-H @file) are not taken over."),
        ("-H X-Nothing", "A -H without a colon is no header."),
        ("-H 'Host:'", "The header Host cannot be left out."),
        ("-m soon", "Not taken over: --max-time"),
        ("--connect-timeout -1", "Not taken over: --connect-timeout"),
        ("-o", "-o has no value."),
        ("--next http://x", "--next: only the first request was taken over."),
        ("-: http://x", "--next: only the first request was taken over."),
        ("--frobnicate", "Not taken over: --frobnicate"),
        ("-W", "Not taken over: -W"),
        ("http://u:p@second/?token=x", "A further URL was left out: http:…second/…"),
        ("< in.txt", "The input < in.txt was left out."),
        ("| jq .", "What follows the command was left out: jq …"),
        ("-d '{\"a\":1}'",
         "Without -H Content-Type curl sends JSON as application/x-www-form-urlencoded, and so does this request."),
        ('-d "$(cat x)"', "The shell's command substitution was not run; it stands in the request as text."),
    ],
)  # fmt: skip
def test_what_is_not_taken_over_is_named_and_no_secret_is_quoted(options: str, said: str) -> None:
    found = notes(f"curl http://h/a {options}")
    assert said in found
    assert "pw" not in str(found)
    assert full_url(parse_curl(f"curl http://h/a {options}").requests[0]).startswith("http://h/a")


def test_options_about_the_terminal_are_silent() -> None:
    read("curl -sSvifN# -o out -w '%{http_code}' --compressed -j -c jar --no-progress-meter --output=x http://h")


def test_options_in_every_spelling() -> None:
    expected = read("curl -X PUT -H 'A: 1' http://h")
    for text in ("curl -XPUT -H'A: 1' http://h", "curl --request=PUT --header 'A: 1' --url http://h",
                 "curl -sXPUT http://h -H A:1"):  # fmt: skip
        assert read(text) == expected


def test_a_url_that_looks_like_one_wins_over_stray_words() -> None:
    assert parse_curl("curl Real-time http://h/a").requests[0].url == "http://h/a"


def test_settings() -> None:
    settings = read("curl -kL -m 2.5 --connect-timeout 0 http://h").settings
    assert (settings.verify_tls, settings.follow_redirects) == (False, True)
    assert (settings.total_timeout_s, settings.connect_timeout_s) == (2.5, None)
    settings = read("curl -k -L --no-insecure --no-location http://h").settings
    assert (settings.verify_tls, settings.follow_redirects) == (True, False)


@pytest.mark.parametrize(
    ("options", "connect_to"),
    [
        ("--connect-to h:443:10.0.0.1:8443", "10.0.0.1:8443"),
        ("--connect-to ::other.test:", "other.test"),
        ("--connect-to '::[::1]:81'", "[::1]:81"),
        ("--resolve h:443:10.0.0.2,10.0.0.3", "10.0.0.2"),
        ("--resolve '*:443:::1'", "[::1]"),
    ],
)
def test_the_address_of_the_connection(options: str, connect_to: str) -> None:
    assert read(f"curl https://h/a {options}").settings.connect_to == connect_to


def test_addresses_of_other_hosts_are_named() -> None:
    assert notes("curl https://h/a --resolve other:443:1.2.3.4") == ["Not taken over: --resolve"]
    assert notes("curl 'http://[x' --connect-to h::i:") == ["Not taken over: --connect-to"]


def test_the_version_of_http() -> None:
    assert read("curl --http1.1 http://h").settings.http_version == "1.1"
    assert read("curl --http2-prior-knowledge http://h").settings.http_version == "2"
    assert read("curl --http2 http://h").settings.http_version == "auto"


@pytest.mark.parametrize(
    ("options", "authorization"),
    [
        ("-H 'X-Apig-AppCode: c'", Authorization(kind="appcode", values={"appcode": "c"})),
        ("-H 'apikey: k'", Authorization(kind="apikey", values={"key": "apikey", "value": "k", "in": "header"})),
        ("--oauth2-bearer t", Authorization(kind="bearer", values={"token": "t"})),
        ("-u a:b:c", Authorization(kind="basic", values={"username": "a", "password": "b:c"})),
        ("-H 'Authorization: Basic YTpi'", Authorization(kind="basic", values={"username": "a", "password": "b"})),
        ("-H 'Authorization: Basic ????'", Authorization()),
        ("-H 'Authorization: Basic Og=='", Authorization()),
        ("-H 'Authorization: Bearer a b'", Authorization()),
        ("-H 'Authorization: Digest x'", Authorization()),
        ("-H 'X-Auth-Token: Token value'", Authorization()),
        ("-H 'X-Auth-Token: a' -H 'X-Auth-Token: b'", Authorization()),
        ("-H 'Authorization: raw'", Authorization()),
        ("-u a:b -H 'Authorization: raw x'", Authorization()),
    ],
)
def test_a_credential_goes_where_the_authorization_tab_keeps_it(options: str, authorization: Authorization) -> None:
    assert parse_curl(f"curl http://h/a {options}").requests[0].authorization == authorization


def test_a_user_in_the_url_becomes_basic_auth() -> None:
    request = read("curl https://me:p%40ss@h/a?b=1")
    assert (request.url, request.authorization.values) == ("https://h/a", {"username": "me", "password": "p@ss"})


def test_headers_that_are_taken_away_are_left_out() -> None:
    request = read("curl http://h -H 'Accept:' -H 'User-Agent:' -H 'Expect:' -H 'X-Y:' -H 'Content-Type:' -d x")
    assert (request.without, request.headers) == (("User-Agent", "Accept", "Content-Type"), ())
    request = read("curl http://h -H 'Accept:' -H 'Accept: a/b' -H 'Content-Type:'")
    assert (request.without, request.headers) == ((), (Header(name="Accept", value="a/b"),))


def test_a_form_of_pairs_becomes_rows() -> None:
    request = read("curl http://h -d 'a=1&b=x%20y' --data-urlencode 'q=é {{x}} &'")
    assert request.body == Body(kind="raw", language="text", text="a=1&b=x%20y&q=%C3%A9+{{x}}+%26")
    request = read("curl http://h -d a=1 --data-urlencode 'q=é {{x}} &'")
    assert [(row.name, row.value) for row in request.body.pairs] == [("a", "1"), ("q", "é {{x}} &")]
    assert request.headers == ()
    for text in ("a", "a=1&b", "=1", "a=%ff", "a=1&"):
        assert read(f"curl http://h -d '{text}'").body.kind == "raw"


@pytest.mark.parametrize("kind", ["ntlm", "negotiate"])
def test_a_scheme_is_named_as_long_as_the_authorization_tab_does_not_know_it(kind: str) -> None:
    assert kind not in {method.kind for method in METHODS}  # else take -u over to it
    reading = parse_curl(f"curl --{kind} -u me:secret http://h")
    assert reading.requests[0].authorization == Authorization()
    assert f"--{kind} is not supported" in str(reading.notes[0])


def test_digest_and_aws_come_over_with_their_user() -> None:
    assert read("curl --digest -u me:secret http://h").authorization == Authorization(
        kind="digest", values={"username": "me", "password": "secret"}
    )
    assert read("curl --aws-sigv4 aws:amz:eu-west-1:sagemaker --user AK:SK http://h").authorization == Authorization(
        kind="aws-sigv4",
        values={"access_key": "AK", "secret_key": "SK", "region": "eu-west-1", "service": "sagemaker"},
    )
    assert read("curl --aws-sigv4 aws:amz -u AK:SK http://h").authorization.values == {
        "access_key": "AK", "secret_key": "SK",
    }  # fmt: skip


def test_several_files_under_one_key_and_under_a_name_of_their_own() -> None:
    parts = read("curl -F 'f=@a.png,\"b,c.png\";type=image/png' http://h").body.parts
    assert [part.files for part in parts] == [("a.png",), ("b,c.png",)]
    assert [part.content_type for part in parts] == ["", "image/png"]
    assert read('curl -F \'f=@a.png;filename="b \\"c\\".png"\' http://h').body.parts[0].file_names == ('b "c".png',)


def test_headers_that_the_client_makes_are_not_taken_over() -> None:
    text = "curl http://h -H 'Content-Length: 3' -H ':authority: h' -H 'Expect:' -d abc -H 'Content-Type: text/plain'"
    assert [row.name for row in read(text).headers] == ["Content-Type"]
    text = "curl http://h -F a=b -H 'Content-Type: multipart/form-data; boundary=x'"
    assert read(text).headers == ()


@pytest.mark.parametrize(
    ("content_type", "language"),
    [("application/xml", "xml"), ("text/html", "html"), ("application/javascript", "javascript"), ("a/b+json", "json"),
     ("text/plain", "text")],
)  # fmt: skip
def test_the_editors_language_follows_the_content_type(content_type: str, language: str) -> None:
    request = read(f"curl http://h -d x -H 'Content-Type: {content_type}'")
    assert request.body.language == language


def test_no_option_is_in_two_tables_and_every_letter_is_an_option() -> None:
    tables = [set(FLAGS), set(VALUES), SILENT_FLAGS, SILENT_VALUES, NAMED_VALUES]
    assert sum(map(len, tables)) == len(set().union(*tables))
    with_value = {letter for letter, name in SHORT.items() if takes_value(name)}
    assert with_value == set("EKCbcdDFPHhmoUQreXYytzTuAwx")  # curl --help all


def test_a_huge_command_is_read_quickly_enough_to_type_on() -> None:
    body = json.dumps({"data": ["it's"] * 50_000})
    text = "curl http://h -H 'Content-Type: application/json' -d '" + body.replace("'", "'\\''") + "'"
    assert read(text).body.text == body


def test_authorities_are_taken_over_and_client_certificates_are_named_with_where_they_go() -> None:
    reading = parse_curl("curl --cacert ca.pem -E me.pem:word --key me.key https://h.test/")
    assert reading.requests[0].settings.ca_file == "ca.pem"
    assert [str(note) for note in reading.notes] == [
        f"Client certificates belong to hosts: enter that of {option} in the settings."
        for option in ("--cert", "--key")
    ]
    assert "word" not in repr(reading)
    assert parse_curl("curl -k https://h.test/").requests[0].settings.verify_tls is False
