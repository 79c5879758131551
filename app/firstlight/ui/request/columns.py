"""The shape of a table of rows: which columns it has and what a cell of each does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from firstlight.texts import N_

CellKind: TypeAlias = Literal["tick", "text", "choice", "remove", "fixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a RowTable."""

    kind: CellKind
    field: str = ""
    """The field of the row's dataclass; empty for `remove` and for a margin."""
    title: str = ""
    """Marked for translation; also what stands faintly in the empty last row."""
    share: int = 0
    """How much of the free width it gets; 0 for the narrow ones."""


TICK = Column(kind="tick", field="enabled")
KEY = Column(kind="text", field="name", title=N_("Key"), share=3)
VALUE = Column(kind="text", field="value", title=N_("Value"), share=5)
DESCRIPTION = Column(kind="text", field="description", title=N_("Description"), share=3)
REMOVE = Column(kind="remove")

KEY_VALUE = (TICK, KEY, VALUE, DESCRIPTION, REMOVE)
"""Params and Headers."""
_ASIDE = Column(kind="fixed")
PATH_VARIABLES = (
    _ASIDE,
    Column(kind="fixed", field="name", title=N_("Key"), share=3),
    VALUE,
    DESCRIPTION,
    _ASIDE,
)
"""Their names are given by the URL; the margins align them with the table above."""
FORM_DATA = (
    TICK,
    KEY,
    Column(kind="choice", field="kind", title=N_("Type"), share=1),
    VALUE,
    Column(kind="text", field="content_type", title=N_("Content type"), share=2),
    Column(kind="text", field="file_names", title=N_("File name sent"), share=2),
    DESCRIPTION,
    REMOVE,
)
OPTIONAL_COLUMNS = ("content_type", "file_names", "description")
"""Of form-data: shown when a part has them, or when the user asks."""
