"""Asks for one cookie in all its parts."""

from __future__ import annotations

import time
from datetime import datetime

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.cookies import Cookie
from firstlight.model.host_patterns import is_address, is_pattern
from firstlight.model.tokens import is_token
from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.request.secret_edit import SecretEdit
from firstlight.ui.theme.tokens import SPACE

_WIDTH = 520
_FORM = "%Y-%m-%d %H:%M"
_SITES = ("", "Lax", "Strict", "None")


class CookieDialog(QDialog):
    """The value is shown when it is asked for."""

    def __init__(self, cookie: Cookie | None, domain: str = "", parent: QWidget | None = None) -> None:
        """Show `cookie`, or a new one for `domain`."""
        super().__init__(parent)
        self.setObjectName("cookieDialog")
        self.setWindowTitle(tr("Cookie"))
        self.setMinimumWidth(_WIDTH)
        shown = cookie or Cookie(name="", value="", domain=domain)
        self._before = cookie
        self._name = self._edit("cookieName", shown.name)
        self._value = SecretEdit(self)
        self._value.edit.setObjectName("cookieValue")
        self._value.edit.setText(shown.value)
        self._domain = self._edit("cookieDomain", shown.domain, "api.example.com")
        self._below = QCheckBox(tr("Hosts below it as well"), self)
        self._below.setObjectName("cookieBelow")
        self._below.setChecked(not shown.host_only)
        self._path = self._edit("cookiePath", shown.path, "/")
        end = "" if shown.expires_s is None else f"{datetime.fromtimestamp(shown.expires_s):{_FORM}}"
        self._expires = self._edit("cookieExpires", end, tr("until deleted"))
        self._secure = QCheckBox(tr("Secure: https only"), self)
        self._secure.setObjectName("cookieSecure")
        self._secure.setChecked(shown.secure)
        self._http_only = QCheckBox("HttpOnly", self)
        self._http_only.setChecked(shown.http_only)
        self._site = QComboBox(self)
        self._site.addItems([site or tr("not said") for site in _SITES])
        self._site.setCurrentIndex(next((i for i, s in enumerate(_SITES) if s.lower() == shown.same_site.lower()), 0))
        self._problem = QLabel(" ", self)
        self._problem.setObjectName("cookieProblem")
        self._problem.setProperty("kind", "error")
        self._problem.setWordWrap(True)
        self._keep = QPushButton(tr("Keep"), self)
        self._keep.setObjectName("cookieKeepButton")
        self._keep.setProperty("kind", "primary")
        self._keep.setDefault(True)
        self._keep.clicked.connect(self.accept)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        for edit in (self._name, self._value.edit, self._domain, self._path, self._expires):
            edit.textChanged.connect(self._on_changed)
        self._lay_out()
        self._on_changed()

    def cookie(self) -> Cookie:
        """Return what is typed."""
        domain = self._domain.text().strip().lower().strip("[]").removeprefix(".")
        return Cookie(
            name=self._name.text().strip(),
            value=self._value.edit.text().strip(),
            domain=domain,
            host_only=not self._below.isChecked() or is_address(domain),
            path=self._path.text().strip() or "/",
            expires_s=self._end(),
            secure=self._secure.isChecked(),
            http_only=self._http_only.isChecked(),
            same_site=_SITES[self._site.currentIndex()],
            created_s=self._before.created_s if self._before else time.time(),
        )

    def _edit(self, name: str, text: str, placeholder: str = "") -> OneLineEdit:
        edit = OneLineEdit(self)
        edit.setObjectName(name)
        edit.setText(text)
        edit.setPlaceholderText(placeholder)
        return edit

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        fields: tuple[tuple[str, QWidget, QWidget], ...] = (
            (tr("Name"), self._name, self._name),
            (tr("Value"), self._value, self._value.edit),
            (tr("Domain"), self._domain, self._domain),
            ("", self._below, self._below),
            (tr("Path"), self._path, self._path),
            (tr("Expires"), self._expires, self._expires),
            ("SameSite", self._site, self._site),
            ("", self._secure, self._secure),
            ("", self._http_only, self._http_only),
        )
        for row, (text, field, target) in enumerate(fields):
            if text:
                label = QLabel(text, self)
                label.setBuddy(target)
                target.setAccessibleName(text)
                grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addLayout(buttons)

    def _end(self) -> float | None:
        try:
            return datetime.strptime(self._expires.text().strip(), _FORM).astimezone().timestamp()
        except ValueError:
            return None

    def _on_changed(self) -> None:
        problem = self._fault()
        self._problem.setText(problem or " ")
        self._keep.setEnabled(bool(self._name.text().strip() and self._domain.text().strip()) and not problem)

    def _fault(self) -> str:
        name, domain, value = self._name.text().strip(), self._domain.text().strip(), self._value.edit.text()
        if name and not is_token(name):
            return tr("“{name}” cannot be the name of a cookie.", name=name)
        if ";" in value or not value.isprintable():
            return tr("The value contains ; or a control character.")
        if domain and (not is_pattern(domain.removeprefix(".")) or set(domain) & set("*/")):
            return tr("“{host}” is no host: write it without https:// and without a path.", host=domain)
        if self._path.text().strip() and not self._path.text().strip().startswith("/"):
            return tr("The path begins with /.")
        if self._expires.text().strip() and self._end() is None:
            return tr("Write the end as {form}, or nothing.", form="2027-12-31 23:59")
        return ""
