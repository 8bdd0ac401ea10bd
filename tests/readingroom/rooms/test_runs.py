"""Text in pieces: together they are the text."""

from hypothesis import given
from hypothesis import strategies as st

from press.alignment import stretches
from readingroom.rooms.runs import Run, changes, runs

TEXTS = st.text(max_size=60)


def test_a_text_is_cut_where_the_marks_begin_and_end() -> None:
    assert list(runs("城市治理", [(0, 2)])) == [Run("城市", True), Run("治理", False)]
    assert list(runs("城市", [])) == [Run("城市", False)]
    assert list(runs("", [])) == []


@given(TEXTS, st.lists(st.integers(0, 60), max_size=8))
def test_the_pieces_are_the_text_and_none_is_empty(text: str, places: list[int]) -> None:
    ends = sorted(place for place in places if place <= len(text))
    marks = list(zip(ends[::2], ends[1::2], strict=False))
    found = list(runs(text, marks))
    assert "".join(run.text for run in found) == text
    assert all(run.text for run in found)
    hit = "".join(run.text for run in found if run.is_hit)
    assert hit == "".join(text[start:end] for start, end in marks)


@given(st.text("甲乙丙，。", max_size=200), st.text("甲乙丙，。", max_size=200))
def test_what_was_changed_is_shown_whole(before: str, after: str) -> None:
    laid = stretches(before, after)
    shown = list(changes(laid))
    for kind in ("removed", "added"):
        assert "".join(one.text for one in shown if one.kind == kind) == "".join(
            one.text for one in laid if one.kind == kind
        )


def test_a_long_stretch_that_stayed_is_cut_to_what_is_near_a_change() -> None:
    shown = list(changes(stretches("桥上的灯" * 99 + "乙丙丁", "桥上的灯" * 99 + "戊己庚")))
    assert [one.kind for one in shown] == ["skipped", "kept", "removed", "added"]
    assert len(shown[1].text) == 24
