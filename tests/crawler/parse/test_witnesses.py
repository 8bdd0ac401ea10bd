"""What other parts of a page say of its article: agreement is silent, a contradiction a residue."""

import pytest

from crawler.parse.announced import Announced
from crawler.parse.headline import HeadlineBlock
from crawler.parse.witnesses import contradictions
from press.model import Block, Entry, Picture

TEXT = "船靠岸的时候，雾还没有散，镇上的人都站在石阶上，谁也没有先开口说话。"
ENTRY = Entry(
    order=1, native_id="1", url="https://example.org/1", title="渡口", listed=True, mapped=True
)
HEAD = HeadlineBlock(kicker="人物", headline="渡口的灯", deck="——三代船工", byline="张三丰")


def told(
    head: HeadlineBlock = HEAD, *, text: str = TEXT, pictures: tuple[Picture, ...] = (),
    entry: Entry = ENTRY, announced: Announced | None = None, others: tuple[str, ...] = (),
) -> list[str]:  # fmt: skip
    blocks = (Block(type="paragraph", text=text),) if text else ()
    said = announced or Announced(title=head.headline)
    return [p.name for p in contradictions(head, blocks, pictures, entry, said, others)]


@pytest.mark.parametrize(
    "title", ["渡口的灯", "人物 渡口的灯", "渡口的灯——三代船工", "人物渡口的灯——三代船工", None]
)
def test_a_title_may_come_with_kicker_and_deck(title: str | None) -> None:
    assert told(announced=Announced(title=title)) == []


@pytest.mark.parametrize(
    "title", ["另一盏灯", "渡口的灯_日报", "【渡口的灯】", "渡口…", "渡口 的灯"]
)
def test_any_other_title_is_a_contradiction(title: str) -> None:
    assert told(announced=Announced(title=title)) == ["announced under another title"]


def test_a_break_of_the_headline_is_a_space_in_the_list_or_nothing() -> None:
    head = HeadlineBlock(headline="渡口的灯\n亮了三十年")
    for title in ("渡口的灯 亮了三十年", "渡口的灯亮了三十年"):
        assert told(head, announced=Announced(title=title)) == []


def test_the_property_comments_text_opens_the_body() -> None:
    assert told(announced=Announced(title="渡口的灯", opening=TEXT[:30])) == []
    other = Announced(title="渡口的灯", opening="山坡上的第一所夜校开学了，来的人比椅子多。")
    assert told(announced=other) == ["announced, not in the text"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (HeadlineBlock(headline="渡口的灯", kicker="记者 张三丰"), "a byline out of its place"),
        (HeadlineBlock(headline="渡口的灯", kicker="——三代船工"), "a deck or byline above the headline"),
        (HeadlineBlock(headline="渡口的灯", deck="标签：渡口"), "a label beside the headline"),
        (HeadlineBlock(headline="渡口的灯", deck="2019年01月02日"), "a date beside the headline"),
        (HeadlineBlock(headline="渡口的灯", deck="山坡上的夜校"), "another article's title beside the headline"),
        (HeadlineBlock(headline="渡口的灯", kicker="渡口的灯"), "the headline twice"),
    ],
)  # fmt: skip
def test_a_part_out_of_its_place_is_told(head: HeadlineBlock, name: str) -> None:
    assert told(head, others=("渡口的灯", "山坡上的夜校")) == [name]


def test_an_article_of_only_one_index_is_told_unless_its_kind_may_be() -> None:
    unlisted = Entry(order=1, native_id="1", url="u", title=None, listed=False, mapped=True)
    unmapped = Entry(order=1, native_id="1", url="u", title=None, listed=True, mapped=False)
    notice = HeadlineBlock(headline="广告")
    correction = HeadlineBlock(headline="更正")
    assert told(entry=unlisted) == ["on the map, not in the title list"]
    assert told(entry=unmapped) == ["in the title list, not on the map"]
    assert told(notice, entry=unlisted) == told(correction, entry=unmapped) == []


def test_pictures_speak_for_themselves() -> None:
    one = Picture(order=1, url="https://example.org/1.jpg", caption="老船。", credit=None)
    again = Picture(order=2, url="https://example.org/1.jpg", caption=None, credit=None)
    code = Picture(order=1, url="https://example.org/2.jpg", caption="扫码看视频", credit=None)
    assert told(pictures=(one,)) == []
    assert told(pictures=(one, again)) == ["one picture twice"]
    assert told(pictures=(code,)) == ["a code to scan for a picture"]
    assert told(text="渡口的黄昏。图为老船。") == ["a caption without its picture"]
