"""Everything the menus and shortcuts offer, as one table: a new action is one line here and one slot in the window."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from firstlight.texts import N_, tr
from firstlight.ui.icons import icon


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One menu entry."""

    name: str
    """objectName of the action and key of its slot."""
    menu: str
    """One of MENUS."""
    text: str
    shortcuts: tuple[str, ...] = ()
    picture: str = ""
    checkable: bool = False
    shown_only: bool = False
    """The focused widget handles the keys itself; the menu only says which they are."""
    group: int = 0
    """A line is drawn in the menu where the group changes."""
    listed: bool = True
    """False: it has keys and stands in the palette, but would only make its menu long."""


MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("request", N_("&Request")),
    ("view", N_("&View")),
    ("tabs", N_("&Tabs")),
    ("help", N_("&Help")),
)

_WINDOW_ACTIONS = (
    ActionSpec(name="new_request", menu="file", text=N_("New request"), shortcuts=("Ctrl+T", "Ctrl+N"), picture="plus"),
    ActionSpec(name="new_collection", menu="file", text=N_("New collection"), picture="collection"),
    ActionSpec(name="new_service", menu="file", text=N_("New service…"), picture="service"),
    ActionSpec(name="import", menu="file", text=N_("Import cURL…"), shortcuts=("Ctrl+I",), picture="import"),
    ActionSpec(
        name="open_workspace", menu="file", text=N_("Open workspace…"), shortcuts=("Ctrl+O",), picture="folder", group=1
    ),
    ActionSpec(name="new_workspace", menu="file", text=N_("New workspace…"), picture="workspace", group=1),
    ActionSpec(name="open_demo", menu="file", text=N_("Open the demo workspace"), picture="star", group=1),
    ActionSpec(name="cookies", menu="file", text=N_("Cookies of the workspace…"), picture="cookie", group=1),
    ActionSpec(name="secrets", menu="file", text=N_("Secrets…"), picture="key", group=1),
    ActionSpec(name="save", menu="file", text=N_("Save"), shortcuts=("Ctrl+S",), picture="save", group=2),
    ActionSpec(name="save_as", menu="file", text=N_("Save as…"), shortcuts=("Ctrl+Shift+S",), group=2),
    ActionSpec(name="save_all", menu="file", text=N_("Save all"), shortcuts=("Ctrl+Alt+S",), group=2),
    ActionSpec(
        name="settings", menu="file", text=N_("Settings…"), shortcuts=("Ctrl+,",), picture="settings", group=3
    ),
    ActionSpec(name="close_tab", menu="file", text=N_("Close tab"), shortcuts=("Ctrl+W",), group=4),
    ActionSpec(name="quit", menu="file", text=N_("Quit"), shortcuts=("Ctrl+Q",), group=4),
    ActionSpec(name="undo", menu="edit", text=N_("Undo"), shortcuts=("Ctrl+Z",), shown_only=True),
    ActionSpec(name="redo", menu="edit", text=N_("Redo"), shortcuts=("Ctrl+Shift+Z",), shown_only=True),
    ActionSpec(name="cut", menu="edit", text=N_("Cut"), shortcuts=("Ctrl+X",), shown_only=True, group=1),
    ActionSpec(name="copy", menu="edit", text=N_("Copy"), shortcuts=("Ctrl+C",), shown_only=True, group=1),
    ActionSpec(name="paste", menu="edit", text=N_("Paste"), shortcuts=("Ctrl+V",), shown_only=True, group=1),
    ActionSpec(name="select_all", menu="edit", text=N_("Select all"), shortcuts=("Ctrl+A",), shown_only=True, group=1),
    ActionSpec(name="open_find", menu="edit", text=N_("Find…"), shortcuts=("Ctrl+F",), group=2),
    ActionSpec(name="open_replace", menu="edit", text=N_("Replace…"), shortcuts=("Ctrl+H",), group=2),
    ActionSpec(name="undo_delete", menu="edit", text=N_("Undo delete"), picture="undo", group=3),
    ActionSpec(name="send", menu="request", text=N_("Send"), shortcuts=("Ctrl+Enter", "Ctrl+Return"), picture="send"),
    ActionSpec(name="send_to_file", menu="request", text=N_("Send and save to file…"), picture="download"),
    ActionSpec(name="cancel", menu="request", text=N_("Cancel"), shortcuts=("Esc",), picture="stop"),
    ActionSpec(name="go_to_url", menu="request", text=N_("Go to the URL"), shortcuts=("Ctrl+L",), group=1),
    ActionSpec(
        name="choose_channel",
        menu="request",
        text=N_("Choose the channel…"),
        shortcuts=("Ctrl+Shift+H",),
        picture="channel",
        group=1,
    ),
    ActionSpec(
        name="choose_credential",
        menu="request",
        text=N_("Choose the credential…"),
        shortcuts=("Ctrl+Shift+K",),
        picture="key",
        group=1,
    ),
    ActionSpec(name="beautify", menu="request", text=N_("Beautify the JSON body"), shortcuts=("Ctrl+B",), group=1),
    ActionSpec(
        name="copy_ticket", menu="request", text=N_("Copy for a support ticket"), picture="copy", group=2
    ),
    ActionSpec(name="palette", menu="view", text=N_("Go to anything…"), shortcuts=("Ctrl+K",), picture="search"),
    ActionSpec(
        name="sidebar", menu="view", text=N_("Sidebar"), shortcuts=("Ctrl+\\",), picture="sidebar", checkable=True
    ),
    ActionSpec(
        name="console", menu="view", text=N_("Console"), shortcuts=("Ctrl+Alt+C",), picture="console", checkable=True
    ),
    ActionSpec(
        name="code", menu="view", text=N_("Code"), shortcuts=("Ctrl+Alt+P",), picture="code", checkable=True
    ),
    ActionSpec(
        name="side_by_side", menu="view", text=N_("Request beside response"), picture="columns", checkable=True
    ),
    ActionSpec(
        name="environments",
        menu="view",
        text=N_("Choose the environment…"),
        shortcuts=("Ctrl+E",),
        picture="environment",
    ),
    ActionSpec(
        name="presentation",
        menu="view",
        text=N_("Presentation mode"),
        shortcuts=("Ctrl+Alt+M",),
        picture="eye-off",
        checkable=True,
    ),
    ActionSpec(name="workspace_variables", menu="view", text=N_("Workspace variables"), picture="workspace"),
    ActionSpec(name="expand_all", menu="view", text=N_("Expand all folders")),
    ActionSpec(name="collapse_all", menu="view", text=N_("Collapse all folders")),
    ActionSpec(
        name="shortcuts", menu="help", text=N_("Keyboard shortcuts…"), shortcuts=("Ctrl+/",), picture="keyboard"
    ),
    ActionSpec(name="about", menu="help", text=N_("About First Light"), picture="info"),
)  # fmt: skip
TAB_ACTIONS = (
    ActionSpec(name="reopen_tab", menu="tabs", text=N_("Reopen closed tab"), shortcuts=("Ctrl+Shift+T",)),
    ActionSpec(name="duplicate_tab", menu="tabs", text=N_("Duplicate tab"), picture="copy"),
    ActionSpec(name="copy_url", menu="tabs", text=N_("Copy URL")),
    ActionSpec(name="keep_tab", menu="tabs", text=N_("Keep this tab")),
    ActionSpec(name="close_other_tabs", menu="tabs", text=N_("Close other tabs"), group=1),
    ActionSpec(name="close_tabs_right", menu="tabs", text=N_("Close tabs to the right"), group=1),
    ActionSpec(name="close_all_tabs", menu="tabs", text=N_("Close all tabs"), group=1),
    ActionSpec(name="next_tab", menu="tabs", text=N_("Next tab"), shortcuts=("Ctrl+Tab", "Ctrl+PgDown"), group=2),
    ActionSpec(
        name="previous_tab", menu="tabs", text=N_("Previous tab"), shortcuts=("Ctrl+Shift+Tab", "Ctrl+PgUp"), group=2
    ),
    ActionSpec(name="list_tabs", menu="tabs", text=N_("List open tabs"), shortcuts=("Ctrl+Shift+A",), group=2),
    ActionSpec(
        name="move_tab_left", menu="tabs", text=N_("Move tab left"), shortcuts=("Ctrl+Shift+PgUp",), group=3
    ),
    ActionSpec(
        name="move_tab_right", menu="tabs", text=N_("Move tab right"), shortcuts=("Ctrl+Shift+PgDown",), group=3
    ),
    *(
        ActionSpec(name=f"tab_{number}", menu="tabs", text=text, shortcuts=(f"Ctrl+{number}",), listed=False)
        for number, text in enumerate(
            (
                N_("Go to the first tab"), N_("Go to the second tab"), N_("Go to the third tab"),
                N_("Go to the fourth tab"), N_("Go to the fifth tab"), N_("Go to the sixth tab"),
                N_("Go to the seventh tab"), N_("Go to the eighth tab"), N_("Go to the last tab"),
            ),
            start=1,
        )
    ),
)  # fmt: skip
ACTIONS = (*_WINDOW_ACTIONS, *TAB_ACTIONS)


def make_actions(owner: QObject) -> dict[str, QAction]:
    """Return every action of the table by name, without text: `retranslate` gives it."""
    return {spec.name: _make(spec, owner) for spec in ACTIONS}


def _make(spec: ActionSpec, owner: QObject) -> QAction:
    action = QAction(owner)
    action.setObjectName(spec.name)
    action.setCheckable(spec.checkable)
    if spec.picture and not spec.checkable:
        action.setIcon(icon(spec.picture))
    if spec.shown_only:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
    return action


def retranslate(actions: dict[str, QAction]) -> None:
    """Give every action its text in the language in use."""
    for spec in ACTIONS:
        actions[spec.name].setText(tr(spec.text))


def plain_text(text: str) -> str:
    """Return a menu text without its access key: `&File` → `File`, `文件(&F)` → `文件`."""
    return re.sub(r"\(&\w\)|&", "", text)
