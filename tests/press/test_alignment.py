"""Two texts side by side: nothing lost, nothing invented, and changes where they are."""

from hypothesis import given
from hypothesis import strategies as st

from press.alignment import Stretch, paired, stretches
from tests.strategies import TEXTS

NEAR = st.text("纸桥上灯的12. ", max_size=12)


def spelled(found: tuple[Stretch, ...], *kinds: str) -> str:
    return "".join(one.text for one in found if one.kind in kinds)


@given(TEXTS | NEAR, TEXTS | NEAR)
def test_stretches_spell_both_texts(before: str, after: str) -> None:
    found = stretches(before, after)
    assert spelled(found, "kept", "removed") == before
    assert spelled(found, "kept", "added") == after
    assert all(one.text for one in found)


@given(TEXTS)
def test_equal_texts_are_kept_whole(text: str) -> None:
    assert stretches(text, text) == ((Stretch("kept", text),) if text else ())


def test_a_changed_number_changes_as_a_whole() -> None:
    found = stretches("今年放灯3.5万盏，增长12%。", "今年放灯3.65万盏，增长12%。")
    assert found == (
        Stretch("kept", "今年放灯"),
        Stretch("removed", "3.5"),
        Stretch("added", "3.65"),
        Stretch("kept", "万盏，增长12%。"),
    )


def test_a_word_or_two_alone_between_changes_are_part_of_them() -> None:
    found = stretches("傍晚时分甲乙的灯丙丁放下去", "傍晚时分子丑的灯寅卯放下去")
    assert [one.text for one in found] == ["傍晚时分", "甲乙的灯丙丁", "子丑的灯寅卯", "放下去"]


def test_texts_with_little_in_common_are_not_taken_apart() -> None:
    before, after = "桥头的灯亮了一夜无人来", "山中雨后的新茶正当时节"
    assert stretches(before, after) == (Stretch("removed", before), Stretch("added", after))


def test_what_was_not_there_is_added_whole() -> None:
    assert stretches("", "灯。") == (Stretch("added", "灯。"),)
    assert stretches("灯。", "") == (Stretch("removed", "灯。"),)


def test_a_long_text_is_compared_by_its_sentences_and_then_by_their_words() -> None:
    sentences = [f"第{n}盏灯放下去了。" for n in range(400)]
    changed = [*sentences[:200], "第200盏灯没有放下去。", *sentences[201:]]
    found = stretches("".join(sentences), "".join(changed))
    assert [(one.kind, one.text) for one in found if one.kind != "kept"] == [
        ("added", "没有"), ("removed", "了")
    ]  # fmt: skip
    assert len(found) == 5


def test_a_sentence_beyond_measure_is_not_taken_apart() -> None:
    before, after = "长" * 600 + "甲", "长" * 600 + "乙"
    assert stretches(before, after) == (Stretch("removed", before), Stretch("added", after))


@given(st.lists(NEAR, max_size=6).map("。".join), st.lists(NEAR, max_size=6).map("。".join))
def test_long_texts_are_spelled_too(before: str, after: str) -> None:
    long = "灯火。" * 250
    found = stretches(f"{long}{before}", f"{after}{long}")
    assert spelled(found, "kept", "removed") == f"{long}{before}"
    assert spelled(found, "kept", "added") == f"{after}{long}"


@given(st.lists(NEAR, max_size=6), st.lists(NEAR, max_size=6))
def test_every_place_is_paired_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = list(paired(before, after))
    assert [i for i, _ in pairs if i is not None] == list(range(len(before)))
    assert [j for _, j in pairs if j is not None] == list(range(len(after)))
    assert (None, None) not in pairs


def test_what_is_alike_stands_side_by_side_past_what_is_new() -> None:
    before = ["灯是傍晚放下去的。", "桥下有人唱歌。"]
    after = ["编者按：本文有删节", "灯是清晨放下去的。", "桥下没有人唱歌。"]
    assert list(paired(before, after)) == [(None, 0), (0, 1), (1, 2)]


def test_what_is_not_alike_stands_alone() -> None:
    assert list(paired(["甲乙丙丁"], ["甲子丑寅"])) == [(0, None), (None, 0)]


def test_long_lists_are_compared_place_by_place() -> None:
    before = [f"灯{n}放下去的时候" for n in range(80)]
    after = [*before[:40], "完全不同", *before[41:], "尾"]
    pairs = list(paired(before, after))
    assert pairs[39:43] == [(39, 39), (40, None), (None, 40), (41, 41)]
    assert pairs[-1] == (None, 80)
