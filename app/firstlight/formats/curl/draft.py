"""What the options of a command have said so far, before it becomes a Request."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from firstlight.model.request import FormPart, Header, RequestSettings
from firstlight.texts import N_, Phrase


@dataclass(frozen=True, slots=True)
class Data:
    """One -d in the making: a text, or a file by its path."""

    text: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One --connect-to or --resolve; host and port empty: any."""

    option: str
    host: str
    port: str
    address: str


@dataclass(slots=True)
class Draft:
    """Filled by the option table, read by `request.py`."""

    notes: list[Phrase] = field(default_factory=list)
    options_left: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    method: str = ""
    headers: list[Header] = field(default_factory=list)
    implied: dict[str, str] = field(default_factory=dict)
    """Headers of options such as -A; a -H of the same name wins."""
    removed: set[str] = field(default_factory=set)
    """Lower-case names that a `-H "Name:"` takes away."""
    data: list[Data] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    """What --url-query adds, encoded."""
    parts: list[FormPart] = field(default_factory=list)
    upload: str = ""
    data_in_url: bool = False
    head: bool = False
    user: str | None = None
    bearer: str = ""
    scheme: str = "basic"
    """What a user name and a password are for: `basic`, `digest`."""
    aws: str = ""
    """--aws-sigv4: `aws:amz:region:service`, all but the first of it optional."""
    unknown_scheme: bool = False
    """--ntlm and its kin: a user name and a password must not travel as Basic auth then."""
    addresses: list[Address] = field(default_factory=list)
    settings: RequestSettings = field(default_factory=RequestSettings)

    def note(self, text: str, /, **values: str) -> None:
        """Name something that is not taken over; once is enough."""
        phrase = Phrase(text, **values)
        if phrase not in self.notes:
            self.notes.append(phrase)

    def leave_out(self, option: str) -> None:
        """Name an option that is not taken over."""
        if option not in self.options_left:
            self.options_left.append(option)

    def all_notes(self) -> tuple[Phrase, ...]:
        """Return every note, the options that were left out in one."""
        options = ", ".join(self.options_left)
        left = (Phrase("Not taken over: {options}", options=options),) if options else ()
        return (*left, *self.notes)

    def add_header(self, line: str) -> None:
        """Take a -H: `Name: value`, `Name;` for an empty value, `Name:` to remove a header."""
        name, colon, value = line.partition(":")
        if line.startswith("@"):
            self.note(N_("The headers in a file (-H @file) are not taken over."))
        elif line.startswith(":"):
            return  # `:authority: …`: older browsers copied the pseudo headers of HTTP/2
        elif colon and value.strip():
            self.headers.append(Header(name=name.strip(), value=value.strip()))
        elif colon:
            self.removed.add(name.strip().lower())
        elif line.rstrip().endswith(";"):
            self.headers.append(Header(name=line.rstrip()[:-1].strip()))
        else:
            self.note(N_("A -H without a colon is no header."))

    def add_cookies(self, text: str) -> None:
        """Take a -b: cookies, or the name of a file of cookies."""
        if "=" not in text:
            self.note(N_("The file of cookies (-b) is not taken over."))
            return
        before = self.implied.get("Cookie", "")
        self.implied["Cookie"] = f"{before};{text}" if before else text

    def trust(self, path: str) -> None:
        """Take a --cacert: the file of authorities that the certificate is checked with."""
        self.settings = replace(self.settings, ca_file=path)

    def set_seconds(self, option: str, text: str) -> None:
        """Take a time limit: --max-time or --connect-timeout; 0 means none."""
        try:
            seconds = float(text)
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds < float("inf"):
            self.leave_out(option)
        elif option == "--max-time":
            self.settings = replace(self.settings, total_timeout_s=seconds or None)
        else:
            self.settings = replace(self.settings, connect_timeout_s=seconds or None)
