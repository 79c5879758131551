"""What is known, on one page of the window, of the variables and secrets its fields may refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from firstlight.model.exchange import Variable
    from firstlight.runner.dynamic import Dynamic


class KnownVariables(QObject):
    """Each page has one. The window lets it follow the environment, the pages around and their edits."""

    changed = Signal()
    """Something is known now that was not, or the other way round."""
    secret_asked = Signal(str)
    """Somebody wants to know whether there is a secret of this name: `learn_secret` is the answer."""
    names_asked = Signal()
    """Somebody is about to choose: `offer_secrets` is the answer, later."""
    edit_requested = Signal(str)
    """The value of this name (`host`, `secret:token`) is to be seen and changed; it may have none yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._variables: Mapping[str, Variable] = {}
        self._secrets: dict[str, bool | None] = {}
        self.ready = False
        """Everything is known that can be: before that nothing is called missing."""
        self.secret_names: tuple[str, ...] = ()
        """Names of secrets that can be chosen."""

    @property
    def variables(self) -> Mapping[str, Variable]:
        """Every variable by name, the nearest of its name."""
        return self._variables

    def lookup(self, name: str) -> Variable | None:
        """Return the variable of that name; its value may refer to others."""
        return self._variables.get(name)

    def names(self) -> tuple[str, ...]:
        """Return the names of the variables, sorted. The dynamic ones are in `dynamic`."""
        return tuple(sorted(self._variables, key=str.casefold))

    @staticmethod
    def dynamic() -> Mapping[str, Dynamic]:
        """Return the dynamic variables by name, `$guid` and its like, each with what it makes."""
        from firstlight.runner.dynamic import BY_NAME  # with its words: nobody needs it before the first `{{`

        return BY_NAME

    def secret_is_known(self, name: str) -> bool | None:
        """Tell whether there is a secret of that name. None: not known yet; `changed` follows when it is."""
        if name not in self._secrets:
            self._secrets[name] = None
            self.secret_asked.emit(name)
        return self._secrets[name]

    def show_variables(self, variables: Mapping[str, Variable], *, whole: bool = True) -> None:
        """Know other variables from now on; not `whole`: some are still to come."""
        if variables != self._variables or whole != self.ready:
            self._variables, self.ready = variables, whole
            self.changed.emit()

    def offer_secrets(self, names: Iterable[str]) -> None:
        """Let these names of secrets be chosen."""
        found = tuple(sorted(names, key=str.casefold))
        if found != self.secret_names:
            self.secret_names = found
            self.changed.emit()

    def learn_secret(self, name: str, known: bool) -> None:
        """Take note whether there is a secret of that name."""
        if self._secrets.get(name) is not known:
            self._secrets[name] = known
            self.changed.emit()

    def forget_secrets(self) -> None:
        """Ask anew about every secret: some were kept or deleted."""
        if self._secrets:
            self._secrets.clear()
            self.changed.emit()


def known_above(widget: QWidget) -> KnownVariables | None:
    """Return what is known where `widget` stands: the nearest widget above with a `known` says it."""
    above: QWidget | None = widget
    while above is not None:
        found = getattr(above, "known", None)
        if isinstance(found, KnownVariables):
            return found
        above = above.parentWidget()
    return None
