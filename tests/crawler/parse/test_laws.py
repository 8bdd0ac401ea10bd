"""Laws of reading: it always ends in a result or a named error, and it loses and invents nothing.

The page's visible text is counted here by Python's own html.parser, not by the readers' tree.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser

from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.papers import find_paper, known_papers
from crawler.reading import Answer, read_article, read_page
from crawler.saved import Saved, read_saved
from press.account import visible_count
from press.errors import PressError
from press.model import Article
from tests.crawler.parse.indexes import index_of
from tests.crawler.parse.pages import (
    FOLDERS,
    ISSUE_DATE,
    SETTINGS,
    SHELLS,
    TITLE,
    Head,
    Setting,
    Shell,
    article_page,
    body_of,
    era_of,
    page_of,
    read,
)

PAPER = find_paper("cqrb")
SHELL = st.sampled_from(SHELLS)
SETTING = st.sampled_from(SETTINGS)
HEADS = st.builds(
    Head,
    kicker=st.sampled_from([None, "新春走基层", "深度聚焦", "评论"]),
    deck=st.sampled_from([None, "——一座老渡口的三十年", "新建口袋公园120个"]),
    byline=st.sampled_from([None, "张三丰", "本报记者 张三丰 通讯员 李四", "□ 李　四"]),
)
_HAN = "渡口的灯亮了又灭船工把缆绳绕在木桩上看着对岸镕喆堃𠮷〇，、；：“”（）《》——…1234ABab.%·"
SENTENCES = st.text(_HAN, min_size=12, max_size=300).map(
    lambda text: (
        f"　　那年{text.strip('（）()') * (1 + 9 * (len(text) % 7 == 0))}的事，镇上的人都还记得。"
    )
)
BODIES = st.lists(SENTENCES, min_size=2, max_size=6, unique=True)
PIECES = st.sampled_from(
    [
        "<", ">", "</", "<!--", "-->", "<p>", "</p>", "<table>", "</table>", "</td>", "<tr>", "<a href=x>",
        "</div>", '<div id="ozoom">', "<founder-content>", "<strong>", "</strong>", "<script>", "<map>",
        "&nbsp;", "&#xD800;", "&#0;", "&amp", '"', "'", "\x00", "\ufeff", "<![CDATA[", "<?x", "<textarea>",
        "上一篇", "2026年01月12日 星期一", "第007版：", "（下转第3版）", "<svg>", "<title>", "<select>",
        "<!--enpcontent-->", "<!--enpproperty <founder-title>", "<plaintext>", "<frameset>", "\u2028",
    ]
)  # fmt: skip


class _Visible(HTMLParser):
    """The text of a page outside what no reader sees."""

    UNSEEN = ("script", "style", "title", "noscript", "iframe")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in self.UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in self.UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


def visible(markup: str) -> Counter[str]:
    parser = _Visible()
    parser.feed(markup)
    parser.close()
    return Counter("".join("".join(parser.texts).split()))


def accounted(found: Article) -> Counter[str]:
    return Counter("".join("".join(piece.text.split()) for piece in found.account.pieces))


def attempt(read_it: Callable[[], object]) -> object:
    """What a reader gives, or its named error's message; anything else goes through."""
    try:
        return read_it()
    except PressError as error:
        return str(error)


def try_all(body: bytes, shell: Shell = FOLDERS) -> list[Article]:
    """The articles that any reader finds in the bytes; the others give a page or a message."""
    page, era = page_of(shell), era_of(shell, PAPER)
    results = []
    for url in (shell.page_url, shell.article_url.format(id=353401)):
        answer = Answer(url=url, status=200, content_type=None, body=body)
        as_page = partial(read_page, answer, paper=PAPER, era=era, issue_date=ISSUE_DATE, page_no=7)
        as_article = partial(
            read_article, answer, paper=PAPER, era=era, page=page, entry=page.entries[0]
        )
        results += [attempt(as_page), attempt(as_article)]
    as_saved = partial(
        read_saved, body, content_type=None, url=None, file_name="cqrb_2026-01-12_007.html",
        papers=known_papers(), paper=None,
    )  # fmt: skip
    results.append(attempt(as_saved))
    assert all(results)
    articles = [one.article if isinstance(one, Saved) else one for one in results]
    return [one for one in articles if isinstance(one, Article)]


def is_sound(found: Article) -> bool:
    """True when no optional text is empty, nor any block."""
    texts = (
        found.kicker, found.headline, found.deck, found.byline, found.author_note,
        found.page_credits, found.dateline,
    )  # fmt: skip
    return "" not in texts and all(block.text.strip() for block in found.blocks)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_result_or_a_named_error(body: bytes) -> None:
    assert all(is_sound(found) for found in try_all(body))


@given(st.lists(PIECES | st.text(_HAN, max_size=8), max_size=40).map("".join))
def test_any_soup_of_tags_gives_a_result_or_a_named_error(markup: str) -> None:
    assert all(is_sound(found) for found in try_all(markup.encode()))


@given(SHELL, SETTING, st.data())
def test_a_page_with_a_piece_cut_out_or_put_in_gives_a_result_or_a_named_error(
    shell: Shell, setting: Setting, data: st.DataObject
) -> None:
    markup = data.draw(
        st.sampled_from(
            [article_page(shell, head=setting(Head(kicker="评论"))), index_of(shell).markup()]
        )
    )
    start = data.draw(st.integers(0, len(markup)))
    end = data.draw(st.integers(start, min(len(markup), start + 200)))
    piece = data.draw(PIECES | st.just(""))
    found = try_all(f"{markup[:start]}{piece}{markup[end:]}".encode(), shell)
    assert all(is_sound(one) for one in found)


@given(SHELL, st.data())
def test_a_page_cut_anywhere_gives_a_result_or_a_named_error(
    shell: Shell, data: st.DataObject
) -> None:
    body = article_page(shell, head=SETTINGS[0](Head())).encode()
    found = try_all(body[: data.draw(st.integers(0, len(body)))], shell)
    assert all(is_sound(one) for one in found)


@given(SHELL, SETTING, HEADS, BODIES)
def test_fields_dropped_and_residue_are_the_pages_visible_text(
    shell: Shell, setting: Setting, head: Head, paragraphs: list[str]
) -> None:
    markup = article_page(shell, head=setting(head), body=body_of(paragraphs))
    found = read(shell, markup)
    assert found.account.residue is None
    assert accounted(found) == visible(markup)
    assert (found.kicker, found.headline, found.deck, found.byline) == (
        head.kicker, TITLE, head.deck, head.byline,
    )  # fmt: skip


@given(SHELL, SETTING, SENTENCES, st.data())
def test_a_sentence_put_anywhere_is_accounted_for_and_never_dropped(
    shell: Shell, setting: Setting, stray: str, data: st.DataObject
) -> None:
    markup = article_page(shell, head=setting(Head(kicker="评论", byline="张三丰")))
    gaps = [found.end() for found in re.finditer(r"</(?:p|td|table|div|span|tr)>", markup, re.I)]
    at = data.draw(st.sampled_from(gaps))
    opened = len(re.findall(r"<a\b", markup[:at], re.I))
    assume(opened == len(re.findall(r"</a>", markup[:at], re.I)))
    changed = f"{markup[:at]}<p>{stray}</p>{markup[at:]}"
    assume('style="display:none"' not in markup[max(at - 400, 0) : at])
    found = read(shell, changed)
    pieces = [p for p in found.account.pieces if "differs" not in p.name and p.name != "invented"]
    counted = Counter("".join("".join(piece.text.split()) for piece in pieces))
    assert not visible(changed) - counted
    kept = "".join("".join(p.text.split()) for p in pieces if p.kind != "dropped")
    assert "".join(stray.split()) in kept


@given(SHELL, SETTING, BODIES, st.data())
def test_a_paragraph_taken_from_the_source_is_taken_from_the_record_and_nothing_else(
    shell: Shell, setting: Setting, paragraphs: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(paragraphs) - 1))
    rest = [text for n, text in enumerate(paragraphs) if n != gone]
    head = setting(Head(kicker="深度聚焦", byline="张三丰"))
    before = read(shell, article_page(shell, head=head, body=body_of(paragraphs)))
    after = read(shell, article_page(shell, head=head, body=body_of(rest)))
    texts = [block.text for block in before.blocks]
    assert [block.text for block in after.blocks] == [*texts[:gone], *texts[gone + 1 :]]
    assert before.char_count - after.char_count == visible_count(paragraphs[gone])
    for name in ("kicker", "headline", "deck", "byline", "pictures", "author_note", "page_credits"):
        assert getattr(before, name) == getattr(after, name)
    assert accounted(before) - accounted(after) == Counter("".join(paragraphs[gone].split()))


@given(SHELL, SETTING, HEADS)
def test_reading_twice_gives_the_same(shell: Shell, setting: Setting, head: Head) -> None:
    markup = article_page(shell, head=setting(head))
    assert read(shell, markup) == read(shell, markup)


@given(SHELL, BODIES, st.sampled_from(["utf-8", "gb18030", "utf-8-sig", "utf-16"]))
def test_the_encoding_of_a_page_changes_nothing_in_its_record(
    shell: Shell, paragraphs: list[str], encoding: str
) -> None:
    markup = article_page(shell, head=SETTINGS[0](Head()), body=body_of(paragraphs))
    assert read(shell, markup.encode(encoding)) == read(shell, markup)


@given(SHELL, SETTING, HEADS)
def test_the_case_of_tags_and_the_ends_of_lines_change_nothing(
    shell: Shell, setting: Setting, head: Head
) -> None:
    markup = article_page(shell, head=setting(head))
    shouted = re.sub(r"</?[a-z][a-z0-9-]*", lambda tag: tag[0].upper(), markup)
    assert read(shell, shouted) == read(shell, markup)
    assert read(shell, markup.replace("\n", "\r\n")) == read(shell, markup)
