"""Files that a person saved: paper, day, page and article from address, remark, name or text."""

import re
from datetime import date

import pytest

from crawler.papers import known_papers
from crawler.saved import Saved, read_saved
from press.errors import (
    ChallengePage,
    LayoutChanged,
    PressError,
    SoftMissing,
    Truncated,
    UnreadableMarkup,
    UsageError,
)
from tests.crawler.parse.indexes import IDS, TITLES, index_of
from tests.crawler.parse.pages import (
    FOLDERS,
    FOUNDER_A1,
    ISSUE_DATE,
    SETTINGS,
    SHELLS,
    TITLE,
    Head,
    Shell,
    article_page,
)

PAPERS = known_papers()
FOLDER_SHELLS = [shell for shell in SHELLS if shell is not FOUNDER_A1]
every_shell = pytest.mark.parametrize("shell", FOLDER_SHELLS, ids=lambda shell: shell.name)
DATES = re.compile(r"2026\s?年\s?0?1\s?月\s?12\s?日")


def save(
    markup: str | bytes, file_name: str = "saved.html", *, url: str | None = None,
    paper: str | None = None,
) -> Saved:  # fmt: skip
    body = markup if isinstance(markup, bytes) else markup.encode()
    return read_saved(
        body, content_type=None, url=url, file_name=file_name, papers=PAPERS,
        paper=PAPERS[paper] if paper else None,
    )  # fmt: skip


def article(shell: Shell = FOLDERS) -> str:
    return article_page(shell, head=SETTINGS[0](Head(byline="张三丰")))


def is_right(found: Saved, url: str | None) -> bool:
    """True when the file's paper, day, page and article are known, at that address."""
    own = found.article
    return (
        (found.paper.slug, found.page.issue_date, found.page.page_no) == ("cqrb", ISSUE_DATE, 7)
        and own is not None
        and (own.headline, own.byline, own.native_id, own.order, own.url)
        == (TITLE, "张三丰", str(IDS[0]), 1, url)
        and own.account.is_closed
    )


def own_url(shell: Shell) -> str:
    return shell.article_url.format(id=IDS[0])


@every_shell
@pytest.mark.parametrize("query", ["", "?div=-1", "#top"])
def test_an_article_is_known_by_the_address_that_it_was_saved_from(
    shell: Shell, query: str
) -> None:
    found = save(article(shell), url=own_url(shell) + query)
    assert is_right(found, own_url(shell))
    assert [entry.title for entry in found.page.entries] == list(TITLES[:3])


@every_shell
def test_an_article_is_known_by_the_browsers_remark(shell: Shell) -> None:
    url = own_url(shell)
    markup = f"<!-- saved from url=({len(url):04d}){url} -->\n{article(shell)}"
    assert is_right(save(markup), url)


def test_a_mirrors_address_names_the_article_too() -> None:
    mirrored = own_url(FOLDERS).replace("https://epaper.cqrb.cn", "http://127.0.0.1:8080")
    found = save(article(), url=mirrored).article
    assert found is not None
    assert (found.native_id, found.order, found.headline) == (str(IDS[0]), 1, TITLE)


@pytest.mark.parametrize(
    "file_name", ["content_rb_353401.htm", "河湾小镇的晾衣绳.html", "saved (1).html", "cqrb_a.htm"]
)
def test_an_article_without_an_address_is_known_by_what_it_prints(file_name: str) -> None:
    found = save(article(), file_name)
    assert is_right(found, own_url(FOLDERS))
    assert found.page.url == FOLDERS.page_url


def test_an_article_that_its_page_does_not_list_is_added_to_the_page() -> None:
    markup = article().replace(TITLE, "一篇没有列出的稿件", 2).replace(TITLE, "没有列出")
    found = save(markup, "content_rb_353499.htm")
    assert found.article is not None
    assert found.article.native_id == "353499"
    assert found.page.entries[-1].order == found.article.order == len(found.page.entries)
    assert found.page.entries[-1].title == found.article.headline


@every_shell
def test_a_page_index_is_a_page_and_no_article(shell: Shell) -> None:
    for url in (None, shell.page_url):
        found = save(index_of(shell).markup(), "node.htm", url=url)
        assert found.article is None
        assert (found.page.issue_date, found.page.page_no) == (ISSUE_DATE, 7)
        assert len(found.page.entries) == len(IDS)
    assert found.page.url == shell.page_url


def test_a_page_index_whose_lists_stand_in_a_body_mark_is_still_an_index() -> None:
    markup = index_of(FOLDERS).markup().replace("<body>", '<body><div id="ozoom">')
    assert save(markup.replace("</body>", "</div></body>")).article is None


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-16", "utf-8")],
)
def test_a_file_in_any_of_their_encodings_is_read(encoding: str, label: str) -> None:
    markup = article().replace("utf-8", label).replace("　　河湾", "　　镕喆河湾")
    found = save(markup.encode(encoding))
    assert found.article is not None
    assert found.article.text.startswith("镕喆河湾小镇")


def test_a_file_that_prints_no_date_takes_the_one_in_its_name() -> None:
    undated = DATES.sub("", article())
    for name in ("cqrb_2026-01-12.html", "重庆日报20260112.html", "2026年01月12.html"):
        assert is_right(save(undated, name), own_url(FOLDERS))
    with pytest.raises(UsageError, match="shows no issue date"):
        save(undated, "saved.html")
    with pytest.raises(UsageError, match="shows no issue date"):
        save(undated, "cqrb_2026-02-30.html")


def test_the_printed_date_counts_more_than_the_day_of_the_download() -> None:
    assert is_right(save(article(), "cqrb_2026-03-03.html"), own_url(FOLDERS))


def test_a_date_in_the_story_is_not_the_issues() -> None:
    markup = article().replace("<p>", "<p>　　2001年01月01日　星期一，渡口建成。</p><p>", 1)
    assert save(markup).page.issue_date == ISSUE_DATE


def test_the_property_comment_gives_paper_and_date_where_the_page_prints_neither() -> None:
    markup = DATES.sub("", article()).replace("重庆日报", "")
    comment = (
        "<!--enpproperty <founder-date>2026-01-12 23:59:59</founder-date>"
        "<founder-papername>重庆日报</founder-papername>/enpproperty-->"
    )
    assert is_right(save(markup + comment), own_url(FOLDERS))


def test_an_unknown_paper_has_to_be_told() -> None:
    nameless = article().replace("重庆日报", "某某日报")
    with pytest.raises(UsageError, match="give --paper"):
        save(nameless)
    assert is_right(save(nameless, paper="cqrb"), own_url(FOLDERS))
    assert is_right(save(nameless, "cqrb-page.html"), own_url(FOLDERS))
    assert is_right(save(nameless, url=own_url(FOLDERS)), own_url(FOLDERS))


def test_a_day_before_the_papers_first_issue_is_refused() -> None:
    with pytest.raises(UsageError, match="2007-12-16"):
        save(DATES.sub("2005年01月12日", article()))


def test_a_file_that_shows_no_page_asks_for_its_address() -> None:
    markup = article_page(FOLDERS, head=SETTINGS[0](Head(byline="张三丰")), left="<td>&nbsp;</td>")
    with pytest.raises(UsageError, match="give its --url"):
        save(markup)
    found = save(markup, url=own_url(FOLDERS))
    assert (found.page.page_no, found.page.page_label) == (7, "第007版")


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<html><body>您访问的页面不存在</body></html>", SoftMissing),
        ("<html><body>请完成安全验证</body></html>", ChallengePage),
        ("<html><body>" + "一份与报纸无关的网页。" * 99 + "</body></html>", LayoutChanged),
        ("购物清单\n牛奶\n鸡蛋\n", LayoutChanged),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), (LayoutChanged, UnreadableMarkup)),
        ("", UnreadableMarkup),
        (" \n", UnreadableMarkup),
    ],
)
def test_what_is_no_page_is_named_and_never_stored(
    markup: str | bytes, error: type[Exception] | tuple[type[Exception], ...]
) -> None:
    with pytest.raises(error):
        save(markup, f"cqrb_{ISSUE_DATE}.html")


DUMP = f"""{TITLE}山坡上的第一所夜校
第007版:江岸·副刊
上一版 下一版
{TITLE}
山坡上的第一所夜校

重庆日报
重庆日报报业集团主办
3上一篇  下一篇4
2026 年 01 月 12 日 星期 放大 缩小 默认
新春走基层

{TITLE}

张三丰

　　河湾小镇在入冬以后总是先听见风，再看见船，今年的第一场雾来得比往年早了整整十天。

3上一篇  下一篇4
重庆日报版权所有 未经书面授权 不得复制或建立镜像"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_dump_gives_its_page_and_its_article(ending: str) -> None:
    found = save(DUMP.replace("\n", ending), "page.txt")
    assert (found.paper.slug, found.page.issue_date) == ("cqrb", ISSUE_DATE)
    assert (found.page.page_label, found.page.page_name) == ("第007版", "江岸·副刊")
    assert found.page.headlines == (TITLE, "山坡上的第一所夜校")
    own = found.article
    assert own is not None
    assert (own.kicker, own.headline, own.byline) == ("新春走基层", TITLE, "张三丰")
    assert (own.native_id, own.url, own.account.residue) == (None, None, None)


def test_a_dump_without_a_date_or_a_known_paper_says_what_to_do() -> None:
    undated = DUMP.replace("2026 年 01 月 12 日 星期 ", "")
    assert save(undated, "cqrb_2026-01-12_007.txt").page.issue_date == ISSUE_DATE
    with pytest.raises(UsageError, match="shows no issue date"):
        save(undated, "cqrb.txt")
    with pytest.raises(UsageError, match="give --paper"):
        save(DUMP.replace("重庆日报", ""), "page.txt")
    with pytest.raises(UsageError, match="first is of"):
        save(DUMP.replace("2026 年", "2006 年"), "page.txt")


def test_an_old_issues_file_belongs_to_the_scheme_of_its_day() -> None:
    url = "http://cqrbepaper.cqnews.net/cqrb/html/2012-05/08/content_353401.htm"
    markup = DATES.sub("2012年05月08日", article(FOUNDER_A1))
    found = save(markup, url=url)
    assert found.page.issue_date == date(2012, 5, 8)
    assert found.article is not None
    assert (found.article.url, found.article.headline) == (url, TITLE)


def test_an_article_file_cut_before_its_body_is_no_page_index() -> None:
    """A torn file must not stand for the page: it would take the place of the whole one."""
    markup = article()
    torn = markup[: markup.rindex("ozoom") - 20]
    with pytest.raises(Truncated, match="save it again"):
        save(torn, f"content_rb_{IDS[0]}.htm")


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_a_page_index_without_its_end_is_refused(share: float) -> None:
    markup = index_of(FOLDERS).markup()
    with pytest.raises(PressError):
        save(markup[: int(len(markup) * share)], "node.htm", paper="cqrb")
