"""The page as a map: in its proportions, every label inside its zone, nothing that cannot be drawn."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from press.model import Entry, Page, Zone
from readingroom.rooms.plate import Plate, plate_of, wrapped
from tests.storage.samples import a_page
from tests.strategies import PAGES

TITLES = st.text("桥上的灯亮了，“”《》 ABC123—…", max_size=60)


def an_entry(order: int, title: str | None, *zones: Zone, native_id: str | None = None) -> Entry:
    return Entry(
        order=order, native_id=native_id or str(353116 + order), url=None, title=title,
        listed=True, mapped=True, zones=zones,
    )  # fmt: skip


def box(left: float, top: float, right: float, bottom: float) -> Zone:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def drawn(*entries: Entry, **archived: str) -> Plate:
    plate = plate_of(a_page(entries=entries), archived)
    assert plate is not None
    return plate


def test_the_plate_has_the_pages_proportions_with_the_same_margin_on_both_sides() -> None:
    plate = drawn(an_entry(1, "甲", box(5, 8, 345, 72)), an_entry(2, "乙", box(5, 75, 200, 492)))
    assert (plate.width, plate.height) == ("350", "500")


def test_a_plot_leads_to_its_article_where_that_is_kept() -> None:
    entries = an_entry(1, "甲", box(0, 0, 300, 100)), an_entry(2, "乙", box(0, 100, 300, 200))
    plate = plate_of(a_page(entries=entries), {"353117": "cqrb-20310203-007-353117"})
    assert plate is not None
    assert [plot.article_id for plot in plate.plots] == ["cqrb-20310203-007-353117", None]


def test_an_article_in_two_pieces_has_one_label_in_the_larger() -> None:
    (plot,) = drawn(an_entry(1, "桥上的灯", box(0, 0, 50, 50), box(0, 50, 300, 150))).plots
    assert len(plot.polygons) == 2
    assert plot.label is not None
    assert [line.text for line in plot.label.lines] == ["桥上的灯"]
    assert plot.label.lines[0].y == "100"


def test_a_label_lies_in_the_arm_of_an_l_and_not_across_its_corner() -> None:
    bent = (0.0, 0.0), (340.0, 0.0), (340.0, 60.0), (100.0, 60.0), (100.0, 120.0), (0.0, 120.0)
    (plot,) = drawn(an_entry(1, "停水通告", bent)).plots
    assert plot.label is not None
    assert plot.label.lines[0].y == "30"


def test_a_tall_narrow_zone_is_set_from_top_to_bottom() -> None:
    (plot, _) = drawn(
        an_entry(1, "桥上的灯亮了又亮", box(0, 0, 30, 400)), an_entry(2, None, box(30, 0, 340, 400))
    ).plots
    assert plot.label is not None
    assert plot.label.is_upright
    assert [line.text for line in plot.label.lines] == ["桥上的灯亮了又亮"]


def test_a_title_that_does_not_fit_is_cut_and_one_without_room_left_out() -> None:
    long, tiny = drawn(
        an_entry(1, "灯" * 200, box(0, 0, 300, 60)), an_entry(2, "灯", box(0, 60, 2, 62))
    ).plots
    assert long.label is not None
    assert long.label.lines[-1].text.endswith("…")
    assert tiny.label is None


def test_without_zones_there_is_no_plate() -> None:
    assert plate_of(a_page("甲"), {}) is None
    flat = an_entry(1, "甲", ((0.0, 0.0), (9.0, 0.0), (5.0, 0.0)))
    wild = an_entry(2, "乙", ((0.0, 0.0), (float("inf"), 0.0), (1.0, 9.0)))
    assert plate_of(a_page(entries=(flat, wild)), {}) is None


@given(TITLES, st.floats(40, 400), st.floats(30, 400))
def test_every_label_lies_inside_its_zone(title: str, width: float, height: float) -> None:
    entries = (
        an_entry(1, title, box(10, 10, 10 + width, 10 + height)),
        an_entry(2, None, box(10, 400, 410, 600)),
    )
    label = drawn(*entries).plots[0].label
    if label is None:
        return
    size = float(label.size)
    for line in label.lines:
        x, y = float(line.x), float(line.y)
        long = len(line.text) * size  # at most: a Latin letter is narrower
        if label.is_upright:
            assert x - size / 2 >= 10
            assert x + size / 2 <= 10 + width + 0.2
            assert y >= 10 - 0.2
        else:
            assert y - size / 2 + 0.2 >= 10
            assert y + size / 2 <= 10 + height + 0.2
            if line.text.isascii() is False and all(c > "\u3000" for c in line.text):
                assert long <= width + 1


def test_a_line_neither_ends_with_an_opening_mark_nor_begins_with_a_closing_one() -> None:
    assert wrapped("桥上的灯“亮了”", 5, 2) == ("桥上的灯", "“亮了”")
    assert wrapped("桥上的灯，亮了", 4, 2) == ("桥上的", "灯，亮了")


@given(TITLES, st.floats(1, 30), st.integers(1, 9))
def test_wrapping_loses_no_character(title: str, per_line: float, lines: int) -> None:
    found = wrapped(title, per_line, lines)
    if found is not None:
        assert len(found) <= lines
        assert all(sum(c > "\u3000" for c in line) <= per_line for line in found)
        assert "".join("".join(found).split()) == "".join(title.split())


@given(PAGES)
def test_any_page_gives_a_plate_or_none(page: Page) -> None:
    plate: Any = plate_of(page, {})
    assert plate is None or plate.plots
