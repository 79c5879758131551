"""A frozen dataclass is copied only where something in it becomes another."""

from __future__ import annotations

from firstlight.model.changed import changed
from firstlight.model.request import Param, Request

ROW = Param(name="trace", value="1")


def test_what_is_already_so_is_not_copied() -> None:
    rows = [ROW]
    request = Request(url="http://a.test", params=tuple(rows))
    assert changed(request, url="http://a.test", params=tuple(rows)) is request


def test_one_new_field_among_several_makes_a_copy_with_all_of_them() -> None:
    assert changed(ROW, name="trace", value="2") == Param(name="trace", value="2")
    assert ROW.value == "1"


def test_an_equal_value_of_its_own_is_no_change() -> None:
    assert changed(ROW, name="".join(["tr", "ace"])) is ROW
