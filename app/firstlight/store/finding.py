"""Finds a request by the names a person sees: `Collection/Folder/Request`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from firstlight.model.failure import failed
from firstlight.store.tree import Node
from firstlight.texts import Phrase


def find_request(nodes: Iterable[Node], target: str) -> str:
    """Return the path of the request that `target` names; names may themselves hold `/`. Its path will do, too.

    The exact spelling wins, otherwise upper and lower case are the same.

    Raises:
        ExchangeError: (layer `file`) nothing or more than one request is named so.
    """
    tree = tuple(nodes)
    found = [leaf for leaf in _leaves(tree) if leaf.path == target]
    found = found or list(_matches(tree, target)) or list(_matches(tree, target, folded=True))
    if len(found) == 1:
        return found[0].path
    if found:
        message = Phrase("{count} requests are named “{target}”.", count=len(found), target=target)
        paths = ", ".join(node.path for node in found)
        raise failed("file", "ambiguous-request", message, hint=Phrase("Name the file instead: {paths}", paths=paths))
    message = Phrase("There is no request “{target}” in this workspace.", target=target)
    raise failed("file", "unknown-request", message, hint=_closest(tree, target))


def _matches(nodes: tuple[Node, ...], target: str, folded: bool = False) -> Iterator[Node]:
    wanted = target.casefold() if folded else target
    for node in nodes:
        name = node.name.casefold() if folded else node.name
        if node.kind in {"request", "broken"} and wanted == name:
            yield node
        elif wanted.startswith(f"{name}/"):
            yield from _matches(node.children, target[len(name) + 1 :], folded)


def _leaves(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if node.kind in {"request", "broken"}:
            yield node
        yield from _leaves(node.children)


def _closest(nodes: tuple[Node, ...], target: str) -> Phrase:
    from difflib import get_close_matches

    close = get_close_matches(target, list(_names(nodes, "")), n=3, cutoff=0.4)
    return Phrase("Did you mean {names}?", names=", ".join(f"“{name}”" for name in close)) if close else Phrase()


def _names(nodes: tuple[Node, ...], before: str) -> Iterator[str]:
    for node in nodes:
        if node.kind == "request":
            yield before + node.name
        yield from _names(node.children, f"{before}{node.name}/")
