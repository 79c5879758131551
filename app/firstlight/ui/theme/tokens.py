"""The colours and measures of the window, by purpose. Style sheets and painters name these, never a hex value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme. Text colours keep at least 4.5:1 against `window`, `panel` and `raised` (WCAG AA)."""

    name: str
    dark: bool
    window: str
    """Behind everything: sidebar, tab strip."""
    panel: str
    """Where work happens: editors, tables, trees."""
    raised: str
    """Buttons, inputs, menus."""
    hover: str
    border: str
    border_strong: str
    """Edges of inputs and buttons (3:1)."""
    text: str
    text_muted: str
    """Captions, generated rows, line numbers."""
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    selection_text: str
    focus: str
    ok: str
    warn: str
    error: str
    info: str
    error_panel: str
    """Background of an error card."""
    warn_panel: str
    star: str
    """The warm point of the logo; marks live streams."""
    syntax_key: str
    syntax_string: str
    syntax_number: str
    syntax_literal: str
    syntax_punctuation: str
    syntax_comment: str
    syntax_variable: str
    method_get: str
    method_post: str
    method_put: str
    method_patch: str
    method_delete: str
    method_other: str


LIGHT = Tokens(
    name="light", dark=False,
    window="#f3f4f7", panel="#ffffff", raised="#ffffff", hover="#e8ebf1", border="#dde1e8", border_strong="#8d95a3",
    text="#1d2330", text_muted="#5a6373",
    accent="#2f55c8", accent_hover="#2747ab", on_accent="#ffffff",
    selection="#cfdcff", selection_text="#10182b", focus="#2f55c8",
    ok="#17703c", warn="#8a5300", error="#b3261e", info="#1b5fa8", error_panel="#fdeeec", warn_panel="#fdf3df",
    star="#9f5f00",
    syntax_key="#1d4f91", syntax_string="#1a6b36", syntax_number="#9a3d00", syntax_literal="#7a2fa0",
    syntax_punctuation="#5a6373", syntax_comment="#66707f", syntax_variable="#9a3d00",
    method_get="#17703c", method_post="#8a5300", method_put="#1b5fa8", method_patch="#7a2fa0",
    method_delete="#b3261e", method_other="#5a6373",
)  # fmt: skip

DARK = Tokens(
    name="dark", dark=True,
    window="#14171d", panel="#1b1f27", raised="#252a34", hover="#2d333f", border="#2f3541", border_strong="#6d7788",
    text="#e6e9ef", text_muted="#a2abba",
    accent="#8fb0ff", accent_hover="#aac3ff", on_accent="#0f1730",
    selection="#34497d", selection_text="#f4f6fb", focus="#8fb0ff",
    ok="#6fd195", warn="#f0b860", error="#ff8f86", info="#82bdf5", error_panel="#3a2224", warn_panel="#382c18",
    star="#f6c15b",
    syntax_key="#8fc1ff", syntax_string="#8fd6a4", syntax_number="#f3ac79", syntax_literal="#d3a4f0",
    syntax_punctuation="#a2abba", syntax_comment="#8b95a6", syntax_variable="#f6c15b",
    method_get="#6fd195", method_post="#f0b860", method_put="#82bdf5", method_patch="#d3a4f0",
    method_delete="#ff8f86", method_other="#a2abba",
)  # fmt: skip

SPACE = 8
"""The grid, in logical pixels: gaps are SPACE / 2, SPACE or 2 * SPACE."""
CONTROL_HEIGHT = 30
"""Height of buttons, inputs and combo boxes."""
ROW_HEIGHT = 28
"""Height of a table or tree row."""
RADIUS = 6
