"""What other parts of a page say of its article: only what hardly agrees is a residue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.announced import Announced
from crawler.parse.headline import HeadlineBlock
from crawler.parse.witnesses import contradictions, likeness
from press.model import Block, Picture

TEXT = "船靠岸的时候，雾还没有散，镇上的人都站在石阶上，谁也没有先开口说话。"
HEAD = HeadlineBlock(kicker="人物", headline="渡口的灯", deck="——三代船工", byline="张三丰")
TITLES = st.text(alphabet="渡口的灯亮了三十年ABC，。（） 　", max_size=20)


def told(
    head: HeadlineBlock = HEAD, *, texts: tuple[str, ...] = (TEXT,), caption: str | None = None,
    announced: Announced | None = None,
) -> list[str]:  # fmt: skip
    blocks = [Block(type="paragraph", text=text) for text in texts]
    pictures = [Picture(order=1, url="u", caption=caption, credit=None)] if caption else []
    said = announced or Announced(title=head.headline)
    return [piece.name for piece in contradictions(head, blocks, pictures, said)]


@pytest.mark.parametrize(
    "title",
    [
        "渡口的灯", "人物 渡口的灯", "渡口的灯——三代船工", "人物渡口的灯——三代船工", None,
        "渡口…", "渡口 的灯", "【渡口的灯】", "渡口灯", "人物", "三代船工", "张三丰：渡口的灯",
        "广告", "图片新闻", "渡口的灯（下）",
    ],
)  # fmt: skip
def test_a_title_may_be_shorter_or_longer_than_the_headline_or_name_a_kind(
    title: str | None,
) -> None:
    assert told(announced=Announced(title=title)) == []


@pytest.mark.parametrize("title", ["另一盏灯", "山坡上的夜校", "镇上的人都站在石阶上"])
def test_a_title_with_hardly_anything_in_common_is_another_articles(title: str) -> None:
    assert told(announced=Announced(title=title)) == ["announced under another title"]


def test_an_item_that_is_headed_by_its_kind_may_be_announced_by_its_caption() -> None:
    assert told(HeadlineBlock(headline="图片新闻"), announced=Announced(title="渡口的黄昏")) == []


def test_a_headline_that_the_list_prints_in_full_is_cut() -> None:
    head = HeadlineBlock(headline="渡口的…")
    assert told(head, announced=Announced(title="渡口的灯亮了")) == ["the headline is cut"]
    assert told(head, announced=Announced(title="渡口的…——三代船工")) == []


@pytest.mark.parametrize(
    ("head", "is_told"),
    [
        (HeadlineBlock(headline="更正", byline="更正"), True),
        (HeadlineBlock(kicker="人物\n渡口的三盏灯\n守了三十年", headline="渡口的三盏灯\n守了三十年"), True),
        (HeadlineBlock(headline="渡口的灯", deck="——渡口的灯和三代船工"), False),
        (HeadlineBlock(kicker="人物", headline="渡口的三盏灯\n守了三十年", deck="守了三十年"), False),
    ],
)  # fmt: skip
def test_a_headline_stands_in_its_block_once(head: HeadlineBlock, is_told: bool) -> None:
    found = told(head, announced=Announced(title=None))
    assert found == (["the headline twice"] if is_told else [])


@given(TITLES, TITLES)
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert likeness(one, one) == 1
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(TITLES)
def test_width_space_and_punctuation_do_not_count(title: str) -> None:
    changed = "“" + "　".join(title.translate(str.maketrans("ABC，", "ａｂｃ,"))) + "”"
    assert likeness(title, changed) == 1


def test_the_property_comments_text_stands_in_text_head_or_captions() -> None:
    said = {
        opening: Announced(title="渡口的灯", opening=opening)
        for opening in (TEXT[:30], "重庆日报", "山坡上的第一所夜校开学了，来的人比椅子多。")
    }
    names = [told(announced=announced) for announced in said.values()]
    assert names == [[], [], ["announced, not in the text"]]
    assert told(texts=(), caption=TEXT, announced=said[TEXT[:30]]) == []


def test_a_headline_among_the_first_lines_of_the_text_is_told() -> None:
    title = Announced(title="渡口的灯 亮了三十年")
    found = told(HeadlineBlock(), texts=("渡口的灯\n亮了三十年", TEXT), announced=title)
    assert found == ["the headline stands in the text"]
    assert told(HeadlineBlock(), texts=(f"渡口的灯亮了三十年，{TEXT}",), announced=title) == []


@pytest.mark.parametrize(
    "line",
    [
        "标签：渡口", "副标题：三代船工", "首页 > 第7版", "阅读 1024", "分享到 微信 微博", "摘要：三代船工守着同一盏灯",
        "2026年1月12日", "2026-01-12 08:30", "字数：1203", "阅读时长约3分钟", "重庆日报", "第007版 江岸", "本报记者 张三丰 2026-01-12",
    ],
)  # fmt: skip
def test_a_templates_words_in_the_headline_block_are_told(line: str) -> None:
    head = HeadlineBlock(headline="渡口的灯", deck=line)
    assert told(head) == ["a template's words in the headline block"]


@pytest.mark.parametrize(
    "line",
    [
        "关键词：渡口", "摘要：三代船工守着同一盏灯。", "发布2025年十件实事", "评论2则", "2026年1月12日",
        "（2026年1月12日市人大常委会通过）", "文化", "安全", "本报评论员", "转发3个通知", "阅读100本书",
    ],
)  # fmt: skip
def test_what_newspapers_print_beside_a_headline_is_not(line: str) -> None:
    assert told(HeadlineBlock(headline="渡口的灯", kicker=line)) == []


def test_a_headline_told_twice_is_told() -> None:
    head = HeadlineBlock(headline="渡口的灯\n亮了", kicker="渡口的灯\n亮了")
    assert told(head) == ["the headline twice"]


def test_a_headline_that_two_announcements_contradict_is_not_believed() -> None:
    said = Announced(title="渡口的灯", is_told_twice=True)
    otherwise = ["《渡口的灯》", "3. 渡口的灯", "人物 渡口的灯", "渡口的灯-重庆日报", "渡口的"]
    for headline in otherwise:
        found = told(HeadlineBlock(headline=headline), announced=said)
        assert found == ["announced twice in other words"]
    assert told(HeadlineBlock(headline="渡口\n的灯"), announced=said) == []
    assert (
        told(
            HeadlineBlock(headline="图片"),
            announced=Announced(title="图片新闻", is_told_twice=True),
        )
        == []
    )


def test_a_signature_that_only_the_head_element_holds_is_told() -> None:
    said = Announced(title="渡口的灯", maker="本报记者 张三丰")
    assert told(HeadlineBlock(headline="渡口的灯"), announced=said) == [
        "a byline that no reader sees"
    ]
    assert told(announced=said) == []
    assert (
        told(
            HeadlineBlock(headline="渡口的灯"),
            announced=Announced(title="渡口的灯", maker="重庆日报"),
        )
        == []
    )


def test_the_texts_own_beginning_is_no_deck() -> None:
    assert told(HeadlineBlock(headline="渡口的灯", deck=TEXT[:14])) == [
        "the text's beginning above it"
    ]
    assert told(HeadlineBlock(headline="渡口的灯", deck=TEXT[:5])) == []


def test_a_prompt_or_the_sites_own_picture_is_no_picture_of_the_story() -> None:
    assert told(caption="点击查看大图 渡口的灯。") == ["a template's words in a caption"]
    urls = [
        "http://a.example/images/logo.png",
        "http://a.example/ads/1.jpg",
        "http://a.example/res/qr.png",
    ]
    printed = ["http://a.example/res/1/20260112/1.jpg", "http://a.example/uploads/1.jpg"]
    for url in (*urls, *printed):
        pictures = [Picture(order=1, url=url, caption=None, credit=None)]
        blocks = [Block(type="paragraph", text=TEXT)]
        found = [
            p.name for p in contradictions(HEAD, blocks, pictures, Announced(title=HEAD.headline))
        ]
        assert found == (["a picture of the site's own"] if url in urls else [])
