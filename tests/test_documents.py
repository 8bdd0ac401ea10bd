"""Documents that cannot lie: each is compared with the thing that it describes."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest

from pipeline.report import FileResult, PageResult
from pipeline.verdict import Verdict
from press import errors, outcome
from press.account import Account
from press.capture import Place
from press.difference import difference_json, differences, step_json
from press.holdings import (
    IssueHoldings,
    PageHoldings,
    PaperHoldings,
    issue_holdings_json,
    paper_holdings_json,
)
from press.keys import PageKey
from press.model import Article, BlockType, Genre, Page, Role
from press.record import ArticleRecord, Json, PageRecord, Status, article_json, page_json

HOUSE = Path(__file__).parents[1]
GUIDES = ("README.md", "README.zh.md")
DOCUMENTS = sorted(
    str(path.relative_to(HOUSE)) for path in (*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md"))
)
PLACE = Place(file="a.warc.gz", offset=0, length=1, sha256="0" * 64)
MOMENT = datetime(2031, 2, 2, 22, tzinfo=UTC)


def read(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


def first_cells(text: str) -> list[str]:
    """The first cell of each table row, in order."""
    return re.findall(r"^\| *(.*?) *(?<!\\)\|", text, re.MULTILINE)


def code_words(cells: list[str]) -> list[str]:
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def section(text: str, title: str) -> str:
    """What stands between a second-rank heading and the next."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def error_classes() -> list[type[errors.PressError]]:
    found, left = [], [errors.PressError]
    while left:
        found.append(left.pop())
        left += found[-1].__subclasses__()
    return [error for error in found if error.__module__ == errors.__name__]


def exit_codes() -> set[int]:
    ends = {value for name, value in vars(outcome).items() if name.startswith("EXIT_")}
    return ends | {error.exit_code for error in error_classes()} - {errors.PressError.exit_code}


def an_article_record() -> ArticleRecord:
    article = Article(
        paper="cqrb", paper_name="重庆日报", issue_date=date(2031, 2, 3), page_no=7,
        page_label="第007版", page_name=None, order=1, native_id=None, url=None, kicker=None,
        headline=None, deck=None, column=None, byline=None, contributors=(), dateline=None,
        genre="photo", blocks=(), author_note=None, page_credits=None, pictures=(), zones=(),
        continues_to=None, continued_from=None, account=Account(),
    )  # fmt: skip
    return ArticleRecord(
        id="cqrb-20310203-007-1", article=article, status="ok", revision=1,
        first_seen_at=MOMENT, fetched_at=MOMENT, place=PLACE, parser="none 1",
    )  # fmt: skip


def an_article() -> dict[str, Json]:
    return article_json(an_article_record())


def a_page() -> dict[str, Json]:
    page = Page(
        paper="cqrb", issue_date=date(2031, 2, 3), page_no=7, page_label="第007版",
        page_name=None, url=None, facsimile_url=None, pdf_url=None, previous_url=None,
        next_url=None, printed_date=None, page_links=(), entries=(),
    )  # fmt: skip
    return page_json(
        PageRecord(
            id="cqrb-20310203-007", paper_name="重庆日报", page=page, place=PLACE,
            fetched_at=MOMENT, article_ids=(),
        )
    )  # fmt: skip


@pytest.mark.parametrize("guide", [*GUIDES, "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_make_command_in_the_documents_is_a_target(guide: str) -> None:
    targets = set(re.findall(r"^([a-z]+):.*## \S", read("Makefile"), re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets
    used = re.findall(r"(?:`|^ {4})make ([a-z]+)", read(guide), re.MULTILINE)
    assert used
    assert set(used) <= targets


def test_both_readmes_show_the_same_commands() -> None:
    def code(name: str) -> list[str]:
        text = read(name)
        blocks = [line.split("#")[0].strip() for line in re.findall(r"^ {4}(\S.*)$", text, re.M)]
        return blocks + sorted(set(re.findall(r"`(baoku [^`]+|--[^`]+|BAOKU_[^`]+)`", text)))

    english, chinese = map(code, GUIDES)
    assert english == chinese


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_between_documents_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", read(name))
    assert not [link for link in links if not (HOUSE / name).parent.joinpath(link).exists()]


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("README.md", "Commands"),
        ("README.zh.md", "命令"),
        ("docs/architecture.md", "Errors and exit codes"),
    ],
)
def test_every_exit_code_is_documented(document: str, title: str) -> None:
    cells = re.findall(r"\| *(\d+) *(?=\|)", section(read(document), title))
    assert {int(cell) for cell in cells} == exit_codes()


def test_every_error_is_documented_and_every_cause_is_in_the_glossary() -> None:
    words = set(re.findall(r"`(\w+)`", read("docs/architecture.md")))
    assert {error.__name__ for error in error_classes()} <= words
    causes = {e.cause: e.__name__ for e in error_classes() if issubclass(e, errors.CrawlError)}
    rows = re.findall(
        r"^\| `(\w+)` \| `(\w+)` \|", section(read("docs/glossary.md"), "Causes"), re.M
    )
    assert dict(rows) == causes


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Block types", get_args(BlockType)),
        ("Genres", get_args(Genre)),
        ("Contributor roles", get_args(Role)),
        ("Ledger states", get_args(outcome.State)),
    ],
)
def test_the_glossary_has_the_words_of_the_model(title: str, words: tuple[str, ...]) -> None:
    assert set(code_words(first_cells(section(read("docs/glossary.md"), title)))) == set(words)


def test_the_glossary_explains_each_rule_that_drops_text() -> None:
    sources = "".join(read(str(path)) for path in (HOUSE / "crawler").rglob("*.py"))
    named = set(re.findall(r'drop\w*\([^)"]*"([a-z_]+)"', sources))
    words = code_words(first_cells(section(read("docs/glossary.md"), "Rules that drop text")))
    assert named
    assert named <= set(words)


def test_the_glossary_explains_each_status() -> None:
    (row,) = re.findall(r"^\| status \|.*$", read("docs/glossary.md"), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == set(get_args(Status))


def a_result() -> dict[str, Json]:
    key = PageKey("cqrb", date(2031, 2, 3), 7)
    verdict = Verdict(state="archived", cause=None, exit_code=outcome.EXIT_ARCHIVED)
    return PageResult(key=key, verdict=verdict).as_json()


def test_the_record_document_names_every_key_in_order() -> None:
    text = read("docs/record.md")
    assert code_words(first_cells(section(text, "An article"))) == list(an_article())
    assert code_words(first_cells(section(text, "A page"))) == list(a_page())
    assert code_words(first_cells(section(text, "A result"))) == list(a_result())
    imported = FileResult(path=Path("page.htm")).as_json()
    assert code_words(first_cells(section(text, "An imported file"))) == list(imported)


def test_the_record_document_names_every_key_of_a_step_and_a_ledger_entry() -> None:
    text = read("docs/record.md")
    step, each = section(text, "A difference").split("| key of each |")
    record = an_article_record()
    changed = replace(record, article=replace(record.article, headline="别的"))
    (difference,) = differences(record.article, changed.article)
    assert code_words(first_cells(step)) == list(step_json(record, changed))
    assert code_words(first_cells(each)) == list(difference_json(difference))
    entry = outcome.LedgerEntry(
        paper="cqrb", issue_date=date(2031, 2, 3), page_no=7, state="retry", cause="challenge",
        attempts=1, next_attempt_at=MOMENT, evidence=None, updated_at=MOMENT, checked_at=MOMENT,
    )  # fmt: skip
    assert code_words(first_cells(section(text, "A ledger entry"))) == list(
        outcome.ledger_json(entry)
    )


def test_the_record_document_names_every_key_of_holdings() -> None:
    text = read("docs/record.md")
    paper = PaperHoldings(
        paper="cqrb", paper_name=None, since=None, until=None, issues=0, pages=0, articles=0,
        states={},
    )  # fmt: skip
    issue = IssueHoldings(
        paper="cqrb", paper_name=None, issue_date=date(2031, 2, 3),
        pages=(
            PageHoldings(
                id="cqrb-20310203-007", page_no=7, page_label=None, page_name=None, state=None,
                cause=None, articles=0,
            ),
        ),
    )  # fmt: skip
    described = section(text, "A paper's holdings")
    assert code_words(first_cells(described)) == list(paper_holdings_json(paper))
    described = section(text, "An issue")
    shown = issue_holdings_json(issue)
    assert set(code_words(first_cells(described))) == set(shown)
    (page,) = shown["pages"]  # type: ignore[misc]
    assert ", ".join(f'"{key}"' for key in page) in described  # type: ignore[union-attr]


def test_decisions_are_numbered_without_gaps_and_titled_alike() -> None:
    pages = sorted((HOUSE / "docs/decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for number, page in enumerate(pages, 1):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        parts = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequence"], page.name
