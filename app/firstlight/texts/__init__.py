"""Text that a person reads: marked where it is written, translated where it is shown.

Tables and errors live in layers that know no language. They hold English and mark it: `N_("Bearer Token")`
for a plain text, `Phrase("Cannot read {path}", path=...)` for one with values. The faces call `tr(...)`.
The catalogues are gettext files in resources/translations; English is the key and the fallback.
"""

from __future__ import annotations

import gettext as _gettext
from dataclasses import dataclass, field

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"

LANGUAGES = (("en", "English"), ("zh_CN", "简体中文"))
"""(code, name in its own language), in menu order."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate yet"
    """Mark `text` for translation and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True, init=False)
class Phrase:
    """A text with named values, translatable as a whole: `Phrase("Cannot reach {host}", host=host)`.

    A value may be a Phrase: `Phrase("{path}: {reason}", path=path, reason=error.reason)`. `Phrase()` says nothing.
    """

    template: str
    values: tuple[tuple[str, str | Phrase], ...] = field(default=())

    def __init__(self, template: str = "", /, **values: object) -> None:
        kept = tuple((name, value if isinstance(value, Phrase) else str(value)) for name, value in values.items())
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", kept)

    def __str__(self) -> str:
        return self.template.format(**dict(self.values))

    def __bool__(self) -> bool:
        return bool(self.template)


def tr(text: str | Phrase, /, **values: object) -> str:
    """Return `text` in the chosen language, with `values` filled in."""
    if isinstance(text, Phrase):
        inner = {name: tr(value) if isinstance(value, Phrase) else value for name, value in text.values}
        return tr(text.template).format(**inner)
    translated = _catalogue.gettext(text) if text else ""
    return translated.format(**values) if values else translated


def trc(context: str, text: str, /) -> str:
    """Return `text` as it is said in `context`, where one English word needs two: `trc("response", "Body")`.

    The body of a request and that of a response are both "Body"; in Chinese they are 请求体 and 响应体.
    """
    return _catalogue.pgettext(context, text)


def trn(singular: str, plural: str, count: int) -> str:
    """Return the plural form that `count` needs, with `{count}` filled in."""
    return _catalogue.ngettext(singular, plural, count).format(count=f"{count:,}")


def language() -> str:
    """Return the code of the language in use, one of LANGUAGES."""
    return _language


def use_language(code: str) -> None:
    """Switch all later `tr` calls to `code`; a language without a catalogue falls back to English.

    Raises:
        OSError: the catalogue file is there and cannot be read.
    """
    from firstlight.resources import resource_path

    global _catalogue, _language  # noqa: PLW0603 - one process speaks one language
    compiled = resource_path("translations", code, "LC_MESSAGES", "firstlight.mo")
    if code == "en" or not compiled.exists():
        _catalogue, _language = _gettext.NullTranslations(), "en"
        return
    with compiled.open("rb") as file:
        _catalogue = _gettext.GNUTranslations(file)
    _language = code
