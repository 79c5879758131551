"""FORMATS: every way to read and write a Request, in menu order. A new one is one file and one line here."""

from firstlight.formats.curl import looks_like_curl, parse_curl
from firstlight.formats.firstlight_yaml import dump_request, looks_like_request, read_request
from firstlight.formats.format import Format
from firstlight.texts import N_

FORMATS = (
    Format(kind="curl", label=N_("cURL (bash)"), recognise=looks_like_curl, read=parse_curl),
    Format(
        kind="firstlight",
        label=N_("First Light file"),
        recognise=looks_like_request,
        read=read_request,
        write=dump_request,
    ),
)
