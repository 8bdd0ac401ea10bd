"""The headline block in twelve settings and three eras' furniture."""

from itertools import product

import pytest

from tests.crawler.parse.pages import (
    OTHER_TITLES,
    PROSE,
    SETTINGS,
    SHELLS,
    TITLE,
    Head,
    Setting,
    Shell,
    article_page,
    heading_tags,
    read,
)

KICKER, DECK, BYLINE = "新春走基层", "——一座老渡口的三十年", "□ 本报记者 张三丰 李　四"
HEADS = [
    Head(kicker=kicker, deck=deck, byline=byline)
    for kicker, deck, byline in product((None, KICKER), (None, DECK), (None, BYLINE))
]
FULL = Head(kicker=KICKER, deck=DECK, byline=BYLINE)

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)
every_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.__name__)


@every_shell
@every_setting
def test_kicker_deck_and_byline_are_told_apart_in_all_eight_combinations(
    shell: Shell, setting: Setting
) -> None:
    for head in HEADS:
        found = read(shell, article_page(shell, head=setting(head)))
        assert (found.kicker, found.headline, found.deck, found.byline) == (
            head.kicker, TITLE, head.deck, head.byline,
        )  # fmt: skip
        assert [block.text for block in found.blocks] == [text.strip() for text in PROSE]
        assert found.account.residue is None


@every_shell
@pytest.mark.parametrize(
    "setting",
    [setting for setting in SETTINGS if setting is not heading_tags],  # told apart by title alone
    ids=lambda setting: setting.__name__,
)
@pytest.mark.parametrize(
    "title",
    [
        None,
        f"{KICKER} {TITLE}",
        f"{TITLE}{DECK}",
        f"{TITLE[:5]}…",
        TITLE[2:],
        f"{KICKER}：{TITLE}",
        f"《{TITLE}》（图）",
        "河湾小镇 的晾衣绳",
        "广告",
    ],
)
def test_a_list_title_that_differs_from_the_headline_does_no_harm(
    shell: Shell, setting: Setting, title: str | None
) -> None:
    found = read(shell, article_page(shell, head=setting(FULL)), title=title)
    assert (found.kicker, found.headline, found.deck, found.byline) == (
        KICKER, TITLE, DECK, BYLINE,
    )  # fmt: skip
    assert found.account.is_closed


@every_shell
def test_a_list_title_of_another_article_changes_no_field_and_is_told(shell: Shell) -> None:
    found = read(shell, article_page(shell, head=SETTINGS[0](FULL)), title="另一个题目")
    assert (found.kicker, found.headline, found.deck, found.byline) == (
        KICKER, TITLE, DECK, BYLINE,
    )  # fmt: skip
    assert found.account.residue == "announced under another title: 另一个题目"


@every_shell
def test_nothing_of_the_furniture_is_in_any_field(shell: Shell) -> None:
    found = read(shell, article_page(shell, head=SETTINGS[0](FULL)))
    kept = " ".join(piece.text for piece in found.account.pieces if piece.kind == "field")
    for word in ("重庆日报", "上一篇", "放大", "版权", "星期", "上一版", *OTHER_TITLES):
        assert word not in kept


@pytest.mark.parametrize(
    ("set_as", "headline"),
    [
        ("河湾小镇<br>的晾衣绳", "河湾小镇\n的晾衣绳"),
        ("河湾小镇<BR/>　的晾衣绳", "河湾小镇\n的晾衣绳"),
        ("河湾小镇</strong><br><strong>的晾衣绳", "河湾小镇\n的晾衣绳"),
        ("读《河湾小镇的晾衣绳》", "读《河湾小镇的晾衣绳》"),
    ],
)
def test_a_headline_keeps_its_breaks_and_marks(set_as: str, headline: str) -> None:
    announced = "".join(headline.split())
    markup = article_page(SHELLS[0], head=SETTINGS[0](Head(headline=set_as, byline="张三丰")))
    found = read(SHELLS[0], markup, title=announced)
    assert (found.headline, found.byline) == (headline, "张三丰")
    assert found.account.is_closed


@pytest.mark.parametrize(
    ("byline", "makers"),
    [
        ("张　三", [("张三", "author")]),
        ("本报记者 张三丰 通讯员 李四", [("张三丰", "reporter"), ("李四", "correspondent")]),
        ("■ 本报记者 李四", [("李四", "reporter")]),
        ("见习记者 张三 实习生 李四", [("张三", "reporter"), ("李四", "intern")]),
        ("皮埃尔·莫罗", [("皮埃尔·莫罗", "author")]),
        ("市社会科学院课题组", [("市社会科学院课题组", "author")]),
        ("本报评论员", [("本报评论员", "commentator")]),
    ],
)
def test_a_byline_is_kept_raw_and_its_makers_are_named(
    byline: str, makers: list[tuple[str, str]]
) -> None:
    found = read(SHELLS[0], article_page(SHELLS[0], head=SETTINGS[0](Head(byline=byline))))
    assert (found.deck, found.byline) == (None, byline)
    assert [(maker.name, maker.role) for maker in found.contributors] == makers
