"""The language and the theme of the window: what they start as, and how a choice takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from firstlight.texts import LANGUAGES, language, use_language

_qt_texts: QTranslator | None = None


def system_language() -> str:
    """Return the first language of the system that First Light speaks."""
    codes = [code for code, _name in LANGUAGES]
    for wanted in QLocale.system().uiLanguages():
        for code in codes:
            if wanted.replace("-", "_").split("_")[0] == code.split("_")[0]:
                return code
    return codes[0]


def apply_language(app: QApplication, code: str) -> None:
    """Speak `code` (empty: the system's language) from now on; every widget is told by LanguageChange.

    Raises:
        OSError: the catalogue is there and cannot be read.
    """
    global _qt_texts  # noqa: PLW0603 - one application, one language
    before = language()
    use_language(code or system_language())
    if _qt_texts is not None:
        app.removeTranslator(_qt_texts)
        _qt_texts = None
    if language() != "en":
        translator = QTranslator(app)
        # Qt's own words: the buttons of its dialogs, the menu of its text fields.
        translator.load(f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        app.installTranslator(translator)
        _qt_texts = translator
    elif before != "en":
        tell_widgets(app)


def tell_widgets(app: QApplication) -> None:
    """Let every widget say its words anew."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for widget in app.topLevelWidgets():
        QCoreApplication.postEvent(widget, QEvent(QEvent.Type.LanguageChange))
