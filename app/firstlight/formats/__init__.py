"""FORMATS: every way to read and write a Request, in menu order. A new one is one file and one line here."""

from firstlight.formats.firstlight_yaml import dump_request, parse_request
from firstlight.formats.format import Format
from firstlight.texts import N_

FORMATS = (Format(kind="firstlight", label=N_("First Light file"), parse=parse_request, write=dump_request),)
