"""Answers of a site: pages, articles, and each way in which an answer is neither."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawler.papers import find_paper
from crawler.reading import Answer, read_article, read_page
from press.errors import (
    ChallengePage,
    CrawlError,
    LayoutChanged,
    OtherIssue,
    Refused,
    SlowDown,
    SoftMissing,
    Truncated,
    UnreadableMarkup,
)
from press.model import Article, Page, PageNo
from tests.crawler.parse.indexes import DATE, LABEL, index_of
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
    era_of,
    page_of,
)

PAPER = find_paper("cqrb")
STORY = "晾衣绳比天气预报准，镇上的人都这么说。"
STRANGERS = {
    "a page that says not found": (
        "<html><head><title>提示</title></head><body>您访问的页面不存在或已被删除"
        "<a href='/'>返回首页</a></body></html>",
        SoftMissing,
    ),
    "a page that says no paper today": ("<html><body>当日无报</body></html>", SoftMissing),
    "an answer in JSON": ('{"code":404,"msg":"not found"}', SoftMissing),
    "a bot check": ("<html><body>请完成安全验证后继续访问</body></html>", ChallengePage),
    "a script that sets a cookie": (
        "<html><script>document.cookie='a=1';location.reload()</script></html>",
        ChallengePage,
    ),
    "a login form": ("<form>用户名<input> 密码<input type=password></form>", ChallengePage),
    "a busy server": ("<html><body>服务器正在维护</body></html>", SlowDown),
    "a redesign": (f"<html><body><article>{STORY * 60}</article></body></html>", LayoutChanged),
    "a redesign that speaks of codes": (
        f"<html><body><article>请输入验证码{STORY * 60}页面不存在</article></body></html>",
        LayoutChanged,
    ),
    "an application of scripts": (
        "<html><body><div id=app></div><script src=/app.js></script></body></html>",
        LayoutChanged,
    ),
    "white space": ("  \n ", Truncated),
}

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)
every_stranger = pytest.mark.parametrize(
    ("markup", "error"), STRANGERS.values(), ids=STRANGERS.keys()
)


def ask_page(
    markup: str | bytes, shell: Shell = FOLDERS, *, status: int = 200, page_no: PageNo | None = 7,
    issue_date: date = ISSUE_DATE, wait_s: float | None = None,
) -> Page | None:  # fmt: skip
    body = markup if isinstance(markup, bytes) else markup.encode()
    answer = Answer(
        url=shell.page_url, status=status, content_type="text/html", body=body, wait_s=wait_s
    )
    return read_page(
        answer, paper=PAPER, era=era_of(shell, PAPER), issue_date=issue_date, page_no=page_no
    )


def ask_article(
    markup: str | bytes, shell: Shell = FOLDERS, *, status: int = 200
) -> Article | None:
    body = markup if isinstance(markup, bytes) else markup.encode()
    page = page_of(shell)
    answer = Answer(
        url=shell.article_url.format(id=353401), status=status, content_type=None, body=body
    )
    return read_article(
        answer, paper=PAPER, era=era_of(shell, PAPER), page=page, entry=page.entries[0]
    )


def right_article(shell: Shell = FOLDERS) -> str:
    return article_page(shell, head=SETTINGS[0](Head()))


@every_shell
def test_a_right_answer_gives_its_page_and_its_article(shell: Shell) -> None:
    page = ask_page(index_of(shell).markup(), shell)
    assert page is not None
    assert (page.paper, page.issue_date, page.page_no, page.url) == (
        "cqrb", ISSUE_DATE, 7, shell.page_url,
    )  # fmt: skip
    article = ask_article(right_article(shell), shell)
    assert article is not None
    assert (article.paper_name, article.page_label, article.order, article.headline) == (
        "重庆日报", "第007版", 1, TITLE,
    )  # fmt: skip
    assert article.url == shell.article_url.format(id=353401)
    assert not article.needs_review


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("body", ["", "<html><body>404 Not Found</body></html>", STORY])
def test_what_is_plainly_gone_is_none(status: int, body: str) -> None:
    assert ask_page(body, status=status) is None
    assert ask_article(body, status=status) is None


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_bot_check_is_one_whatever_its_status(status: int) -> None:
    for ask in (ask_page, ask_article):
        with pytest.raises(ChallengePage):
            ask("<html><body>请完成安全验证后继续访问</body></html>", status=status)


@pytest.mark.parametrize("status", [201, 204, 206, 304, 400, 401, 403, 500, 502])
def test_another_status_is_a_refusal_that_says_which(status: int) -> None:
    for ask in (ask_page, ask_article):
        with pytest.raises(Refused) as caught:
            ask(STORY, status=status)
        assert caught.value.status == status


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("wait_s", [None, 120.0])
def test_a_plea_for_a_pause_says_how_long(status: int, wait_s: float | None) -> None:
    with pytest.raises(SlowDown) as caught:
        ask_page(STORY, status=status, wait_s=wait_s)
    assert caught.value.wait_s == wait_s


@every_shell
@every_stranger
def test_a_stranger_is_named_and_never_a_page(
    shell: Shell, markup: str, error: type[CrawlError]
) -> None:
    with pytest.raises(error):
        ask_page(markup, shell)


@every_shell
@every_stranger
def test_a_stranger_is_named_and_never_an_article(
    shell: Shell, markup: str, error: type[CrawlError]
) -> None:
    with pytest.raises(error):
        ask_article(markup, shell)


@every_shell
def test_an_index_in_an_articles_place_is_no_article(shell: Shell) -> None:
    with pytest.raises(LayoutChanged):
        ask_article(index_of(shell).markup(), shell)


@every_shell
@pytest.mark.parametrize(
    "body", ["", "&nbsp;", "<p>　</p>", "<script>document.write('一句话。')</script>"]
)
def test_an_article_without_text_or_picture_is_a_changed_layout(shell: Shell, body: str) -> None:
    with pytest.raises(LayoutChanged):
        ask_article(article_page(shell, head=SETTINGS[0](Head()), body=body), shell)


@every_shell
def test_a_page_that_announces_nothing_is_a_changed_layout(shell: Shell) -> None:
    for image_map in ("", '<img src=7_b.jpg usemap="#PagePicMap"><map name=PagePicMap></map>'):
        with pytest.raises(LayoutChanged):
            ask_page(replace(index_of(shell), title_list="", image_map=image_map).markup(), shell)


@every_shell
def test_another_days_page_is_another_issue(shell: Shell) -> None:
    for days in (-1, 1, 7):
        day = ISSUE_DATE + timedelta(days=days)
        printed = f"{day.year}年{day.month:02d}月{day.day:02d}日　星期三"
        with pytest.raises(OtherIssue):
            ask_page(replace(index_of(shell), date=printed).markup(), shell)


@every_shell
def test_links_into_another_issue_are_another_issue_also_without_a_date(shell: Shell) -> None:
    folder = shell.page_url.rsplit("/", 1)[0].replace("/007", "")
    for old, new in (
        ("../", f"{folder.replace('/12', '/11')}/"),
        ("node_", f"{folder[:-2]}11/node_"),
    ):
        index = replace(index_of(shell), date="")
        rows = index.page_list.replace(f'href="{old}', f'href="{new}')
        if rows != index.page_list:
            with pytest.raises(OtherIssue):
                ask_page(replace(index, page_list=rows, turns="").markup(), shell)


@every_shell
@pytest.mark.parametrize(
    "printed",
    [
        "",
        "2026-01-12",
        "2026 年 01 月 12 日 星期",
        "2026年1月12日",
        f"今天是2026年11月23日 星期一 {DATE}",
        f"{DATE} 1952年8月5日创刊",
        "1952年8月5日 星期二创刊",
    ],
)
def test_a_date_however_printed_or_not_at_all_is_right(shell: Shell, printed: str) -> None:
    page = ask_page(replace(index_of(shell), date=printed).markup(), shell)
    assert page is not None
    assert len(page.entries) == 4


@every_shell
def test_another_page_of_the_issue_is_refused_unless_any_will_do(shell: Shell) -> None:
    markup = replace(index_of(shell), label=LABEL.replace("007", "008")).markup()
    with pytest.raises(OtherIssue, match="page 8 came instead of page 7"):
        ask_page(markup, shell)
    page = ask_page(markup, shell, page_no=None)
    assert page is not None
    assert page.page_no == 8


@every_shell
def test_an_article_of_another_day_is_another_issue(shell: Shell) -> None:
    markup = right_article(shell)
    for printed in ("2026 年 01 月 12 日 星期一", "2026年01月12日　星期一", "2026年1月12日 星期一"):
        markup = markup.replace(printed, "2026年01月11日 星期日")
    with pytest.raises(OtherIssue):
        ask_article(markup, shell)


@every_shell
def test_a_date_in_a_story_is_no_masthead(shell: Shell) -> None:
    told = "　　2026年01月05日 星期一，渡口重新开航，那一天下着小雨，人们撑着伞来看船。"
    article = ask_article(
        article_page(shell, head=SETTINGS[0](Head()), body=f"<p>{told}</p>"), shell
    )
    assert article is not None
    assert article.text == told.strip()


@pytest.mark.parametrize(
    "body", ["<" + "a " * 40_000 + ">", "<p " + "a='1' " * 9_000 + ">", "\x00"]
)
def test_markup_that_cannot_be_read_is_named(body: str) -> None:
    with pytest.raises((UnreadableMarkup, LayoutChanged)):
        ask_page(body)


def test_an_address_without_a_number_still_says_its_page_when_asked_for() -> None:
    index = replace(index_of(FOUNDER_A1), label="", page_list="")
    page = ask_page(index.markup(), FOUNDER_A1)
    assert page is not None
    assert (page.page_no, page.page_label) == (7, "第007版")
    with pytest.raises(LayoutChanged, match="which page it is"):
        ask_page(index.markup(), FOUNDER_A1, page_no=None)
