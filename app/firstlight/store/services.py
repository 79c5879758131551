"""The services of a workspace: one file each in `services/`, known by name. Every method works on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from firstlight.model.service import Channel, Credential, Service
from firstlight.store import pages
from firstlight.store.named_files import NamedFiles
from firstlight.store.node import Node
from firstlight.texts import Phrase


class Services(NamedFiles[Service]):
    """The services of one workspace."""

    folder_name = "services"
    word = "service"

    def read(self, file: Path) -> Service:
        return pages.read_service(file)

    def write(self, file: Path, value: Service) -> None:
        pages.write_service(file, value)

    def taken(self, name: str) -> Phrase:
        return Phrase("There is a service “{name}” already.", name=name)

    def named(self, name: str) -> Service | None:
        """Return the service called `name`; None: there is none.

        Raises:
            ExchangeError: (layer `file`) its file, known by its file name then, is broken.
        """
        if not name:
            return None
        entry = next((entry for entry in self.entries() if entry.name == name), None)
        return self.load(entry.path) if entry and entry.problem else entry.value if entry else None


def renamed_parts(before: Service, after: Service) -> tuple[dict[str, str], dict[str, str]]:
    """Return the channels and the credentials that have another name in `after`: old name → new name."""
    return _renamed(before.channels, after.channels), _renamed(before.credentials, after.credentials)


def _renamed(before: Iterable[Channel | Credential], after: Iterable[Channel | Credential]) -> dict[str, str]:
    """Find what stands where it stood, under another name that nobody else has or had."""
    old, new = [thing.name for thing in before], [thing.name for thing in after]
    return {a: b for a, b in zip(old, new, strict=False) if a != b and a not in new and b not in old}


def requests_of(nodes: Iterable[Node], service: str) -> Iterator[Node]:
    """Yield the requests of the service called `service`, in the order of the tree."""
    for node in nodes:
        if node.kind == "request" and node.service == service:
            yield node
        yield from requests_of(node.children, service)
