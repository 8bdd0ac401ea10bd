import io
from datetime import UTC, date, datetime

from rich.console import Console, RenderableType

from cli.terminal import printed
from cli.typeset import account_sum, account_table, article_lines, page_lines
from press.account import Account, Piece
from press.capture import Place
from press.model import Article, Block, Entry, Page, Picture
from press.record import ArticleRecord, PageRecord

PLACE = Place(file="a.warc.gz", offset=12, length=3, sha256="00")
NOW = datetime(2026, 1, 12, tzinfo=UTC)


def a_record(**changes: object) -> ArticleRecord:
    fields: dict[str, object] = {
        "paper": "xmrb", "paper_name": "仙门日报", "issue_date": date(2026, 1, 12), "page_no": 7,
        "page_label": "第007版", "page_name": "试刊·纸桥", "order": 1, "native_id": "11",
        "url": "http://paper.example/11.htm", "kicker": "纸上观察",
        "headline": "河灯亮起\n来的晚上", "deck": "——写在桥头", "column": None,
        "byline": "顾小舟", "contributors": (), "dateline": None, "genre": "article",
        "blocks": (
            Block(type="paragraph", text="灯是傍晚放下去的。"),
            Block(type="crosshead", text="桥下"),
            Block(type="verse", text="一盏\n两盏"),
            Block(type="table", text="甲\t乙", rows=(("甲", "乙"),)),
        ),
        "author_note": "（作者系纸艺馆馆员）", "page_credits": "本版责编 冯一苇",
        "pictures": (Picture(order=1, url=None, caption="桥上的灯。", credit="罗一叶 摄"),),
        "zones": (), "continues_to": None, "continued_from": None, "account": Account(),
    }  # fmt: skip
    article = Article(**{**fields, **changes})  # type: ignore[arg-type]
    return ArticleRecord(
        id="xmrb-20260112-007-11", article=article, status="ok", revision=1, first_seen_at=NOW,
        fetched_at=NOW, place=PLACE, parser="none 1",
    )  # fmt: skip


def a_page() -> PageRecord:
    entries = tuple(
        Entry(order=n, native_id=str(10 + n), url=None, title=title, listed=True, mapped=False)
        for n, title in enumerate(["河灯亮起 来的晚上", "纸船记", None], start=1)
    )
    page = Page(
        paper="xmrb", issue_date=date(2026, 1, 12), page_no=7, page_label="第007版",
        page_name="试刊·纸桥", url="http://paper.example/node.htm", facsimile_url=None,
        pdf_url=None, previous_url=None, next_url=None, printed_date=None, page_links=(),
        entries=entries,
    )  # fmt: skip
    return PageRecord(
        id="xmrb-20260112-007", paper_name="仙门日报", page=page, place=PLACE, fetched_at=NOW,
        article_ids=("xmrb-20260112-007-11",),
    )  # fmt: skip


def text_of(*lines: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=120, highlight=False, markup=False)
    for line in lines:
        console.print(line)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_an_article_reads_from_its_kicker_to_its_provenance() -> None:
    text = text_of(*article_lines(a_record(), a_page()))
    order = [
        "纸上观察", "河灯亮起 来的晚上", "——写在桥头", "顾小舟", "桥上的灯。 罗一叶 摄",
        "\u3000\u3000灯是傍晚放下去的。", "桥下", "一盏", "两盏", "甲", "（作者系纸艺馆馆员）",
        "本版责编 冯一苇", "http://paper.example/11.htm", "a.warc.gz@12", "纸船记",
    ]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_an_articles_own_headline_is_not_among_the_others_of_its_page() -> None:
    text = text_of(*article_lines(a_record(), a_page()))
    assert text.count("河灯亮起 来的晚上") == 1


def test_an_article_without_anything_but_a_picture_is_named_by_its_genre() -> None:
    record = a_record(genre="photo", headline=None, kicker=None, deck=None, byline=None, blocks=())
    assert "(photo without a headline)" in text_of(*article_lines(record, None))


def test_a_page_shows_what_it_announces_archived_or_not() -> None:
    text = text_of(*page_lines(a_page(), [a_record()]))
    assert "第007版 试刊·纸桥" in text
    archived, missing = (
        next(line for line in text.splitlines() if title in line)
        for title in ("河灯亮起 来的晚上", "纸船记")
    )
    assert "xmrb-20260112-007-11" in archived
    assert "not in the archive" in missing


def test_what_would_steer_the_terminal_is_shown_as_a_replacement() -> None:
    record = a_record(headline="红\x1b[31m字\x07", byline="a\u202eb\x9b2J")
    text = text_of(*article_lines(record, None))
    assert "红\ufffd[31m字\ufffd" in text
    assert not set(text) & {"\x1b", "\x07", "\u202e", "\x9b"}


def test_line_breaks_and_full_width_spaces_of_the_text_stay() -> None:
    assert printed("一\n二\u3000三").plain == "一\n二\u3000三"


def test_markup_of_the_console_in_a_text_is_only_text() -> None:
    record = a_record(headline="[bold]标题[/bold]")
    assert "[bold]标题[/bold]" in text_of(*article_lines(record, None))


def test_the_books_balance_in_the_sum() -> None:
    account = Account(
        (
            Piece("field", "headline", "河 灯"),
            Piece("dropped", "toolbar", "放大 缩小"),
            Piece("residue", "unknown", "余"),
        )
    )
    assert account_sum(account) == (
        "7 visible characters = 2 in fields + 4 dropped by named rules + 1 residue"
    )
    assert "toolbar" in text_of(account_table(account))
