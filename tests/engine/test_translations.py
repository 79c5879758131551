"""The catalogues: every text of the program is translated, keeps its values, and reaches the reader."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

from firstlight import texts
from firstlight.auth import METHODS
from firstlight.bodies import BODIES
from firstlight.resources import resource_path
from firstlight.texts import LANGUAGES, Phrase, language, tr, trc, trn, use_language
from firstlight.views import VIEWS

CODES = [code for code, _name in LANGUAGES if code != "en"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）][,;:!?](?!\w)|[,;!?][\u4e00-\u9fff]")
"""Latin punctuation between Chinese signs."""
LATIN = {"API Key", "Bearer Token", "EAS Token", "cURL (Windows cmd)", "Python requests"}
"""Called so in every Chinese console, and names of programs."""
UNSPACED = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    script = Path(__file__).parents[2] / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations_tool", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(tool: ModuleType, code: str) -> Catalog:
    return tool.read(tool.catalogue_paths()[code], code)


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def messages(tool: ModuleType, code: str) -> Iterator[tuple[Message, str]]:
    """Yield every message with each of its translated forms."""
    for message in catalogue(tool, code):
        if message.id:
            yield from ((message, form) for form in forms(message.string))


def test_every_language_is_complete_and_keeps_every_value(tool: ModuleType) -> None:
    assert set(tool.catalogue_paths()) == set(CODES)
    assert tool.check() == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_doubtful_and_blanks_at_the_edges_stay(tool: ModuleType, code: str) -> None:
    for message, form in messages(tool, code):
        assert not message.fuzzy, message.id
        english = forms(message.id)[0]
        assert form.startswith(" ") == english.startswith(" "), message.id
        wide = form.endswith("：") and english.endswith((":", ": "))  # a wide colon brings its own blank
        assert wide or form.endswith(" ") == english.endswith(" "), message.id


@pytest.mark.parametrize("code", CODES)
def test_every_text_can_be_filled_with_its_values(tool: ModuleType, code: str) -> None:
    for message, form in messages(tool, code):
        values = dict.fromkeys(tool.names(forms(message.id)[-1]), "…")
        if values:
            assert "{" not in form.format(**values), message.id


def test_chinese_has_one_plural_form(tool: ModuleType) -> None:
    chinese = catalogue(tool, "zh_CN")
    assert chinese.num_plurals == 1
    counted = [message for message in chinese if isinstance(message.id, tuple)]
    assert counted
    assert all(len(forms(message.string)) == 1 and "{count}" in message.string[0] for message in counted)


def test_chinese_texts_are_chinese_and_set_as_in_print(tool: ModuleType) -> None:
    for message, form in messages(tool, "zh_CN"):
        english = forms(message.id)[0]
        bare = re.sub(r"\{\w+\}|“[^”]*”|(?m:^(?:// )?键: .*$)", "", form)  # rows as text are typed so in every language
        if re.search(r"[a-z]+ [a-z]+", english):
            assert CHINESE.search(form) or form in LATIN, english
        assert not HALF_WIDTH.search(bare), form
        assert not UNSPACED.search(bare), form


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalogue_says_what_the_readable_one_says(tool: ModuleType, code: str) -> None:
    with resource_path("translations", code, "LC_MESSAGES", "firstlight.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message, form in messages(tool, code):
        if isinstance(message.id, tuple):
            assert compiled.ngettext(*message.id, 2) == form
        elif message.context:
            assert compiled.pgettext(message.context, message.id) == form
        else:
            assert compiled.gettext(message.id) == form


def test_every_chosen_word_is_shown_in_chinese() -> None:
    use_language("zh_CN")
    assert language() == "zh_CN"
    assert (tr("Send"), tr("Headers"), tr("Collection")) == ("发送", "请求头", "集合")
    assert trn("{count} header", "{count} headers", 1) == "1 个响应头"
    assert trn("{count} header", "{count} headers", 1200) == "1,200 个响应头"


def test_one_english_word_has_two_chinese_ones_where_it_needs_them() -> None:
    assert (tr("Body"), trc("response", "Body")) == ("Body", "Body")
    use_language("zh_CN")
    assert (tr("Body"), trc("response", "Body")) == ("请求体", "响应体")
    assert (tr("Headers"), trc("response", "Headers")) == ("请求头", "响应头")


def test_a_phrase_inside_a_phrase_is_translated_with_it() -> None:
    reason = Phrase("no permission")
    phrase = Phrase("Cannot read {path}: {reason}.", path="a.yaml", reason=reason)
    assert tr(phrase) == "Cannot read a.yaml: no permission."
    use_language("zh_CN")
    assert tr(phrase) == "无法读取 a.yaml：没有权限。"
    deep = Phrase("{path}, line {line}, column {column}: {reason}", path="a.yaml", line=2, column=5, reason=phrase)
    assert tr(deep) == "a.yaml 第 2 行第 5 列：无法读取 a.yaml：没有权限。"
    assert str(deep) == "a.yaml, line 2, column 5: Cannot read a.yaml: no permission."


def test_values_are_never_read_as_templates() -> None:
    use_language("zh_CN")
    assert tr(Phrase("There is no request “{target}” in this workspace.", target="{x}")).count("{x}") == 1


def test_nothing_stays_nothing() -> None:
    use_language("zh_CN")
    assert (tr(""), tr(Phrase(""))) == ("", "")


def test_a_text_that_no_catalogue_knows_is_shown_in_english() -> None:
    use_language("zh_CN")
    unknown = "A text from a later version: {name}"  # not written inside the call: it is no text of the program
    assert tr(unknown, name="x") == "A text from a later version: x"


def test_a_language_without_a_catalogue_falls_back_to_english() -> None:
    use_language("zh_CN")
    use_language("tlh")
    assert (language(), tr("Send")) == ("en", "Send")


def test_a_broken_catalogue_is_an_error_not_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "resources" / "translations" / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "firstlight.mo").write_bytes(b"not a catalogue")
    monkeypatch.setattr("firstlight.resources._PACKAGE", tmp_path)
    with pytest.raises(OSError, match=r"magic"):
        use_language("zh_CN")
    assert texts.language() == "en"


def test_every_table_is_in_the_catalogue(tool: ModuleType) -> None:
    chinese = catalogue(tool, "zh_CN")
    labels = [method.label for method in METHODS] + [method.note for method in METHODS if method.note]
    labels += [field.label for method in METHODS for field in method.fields]
    labels += [field.help for method in METHODS for field in method.fields if field.help]
    labels += [kind.label for kind in BODIES] + [view.label for view in VIEWS]
    assert [label for label in labels if chinese.get(label) is None] == []
