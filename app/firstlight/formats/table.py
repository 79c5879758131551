"""FORMATS: every way to read and write a Request, in menu order. A new one is one file and one line here."""

from dataclasses import replace

from firstlight.formats.curl import looks_like_curl, parse_curl
from firstlight.formats.firstlight_yaml import dump_request, looks_like_request, read_request
from firstlight.formats.format import Format
from firstlight.formats.har import looks_like_har, read_har, write_har
from firstlight.formats.snippets import SNIPPETS, Snippet
from firstlight.texts import N_


def _written_as(snippet: Snippet) -> Format:
    made = Format(kind=snippet.kind, label=snippet.label, write_sent=snippet.write_all, several=snippet.several)
    return replace(made, recognise=looks_like_curl, read=parse_curl) if snippet.kind == "curl" else made


FORMATS = (
    *map(_written_as, SNIPPETS),
    Format(
        kind="har", label=N_("HAR file"), recognise=looks_like_har, read=read_har, write_sent=write_har, several=True
    ),
    Format(
        kind="firstlight",
        label=N_("First Light file"),
        recognise=looks_like_request,
        read=read_request,
        write=dump_request,
    ),
)
