"""A home with a small archive of invented pages, and the reading room over it."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from press.capture import Import
from press.model import Block, Contributor
from storage.catalogue import Catalogue
from storage.raw import Shelf
from tests.readingroom.asking import NOW, Room, StillClock
from tests.storage.samples import (
    KEY,
    PARSER,
    READ_AT,
    START,
    a_capture,
    a_ledger_entry,
    a_page,
    an_article,
)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two issues, a revision, a withdrawn article, a residue, and a kept answer."""
    home = tmp_path_factory.mktemp("home")
    with closing(Catalogue.open(f"sqlite:///{home / 'catalogue.sqlite3'}")) as catalogue:
        _fill(catalogue, home)
    return home


@pytest.fixture
def room(filled: Path, tmp_path: Path) -> Room:
    """The room over a copy of that home."""
    home = tmp_path / "home"
    shutil.copytree(filled, home)
    return Room(home=home, url=f"sqlite:///{home / 'catalogue.sqlite3'}")


def _fill(catalogue: Catalogue, home: Path) -> None:
    shelf = Shelf(home / "raw", clock=StillClock(), software="test")
    kept = shelf.append(
        Import(
            url="http://paper.example/content_353117.html",
            content_type="text/html",
            body="<script>alert(1)</script>编的".encode(),
            imported_at=START,
        )
    )
    shelf.close()
    first = an_article("353117")
    verse = an_article(
        "353118",
        order=2,
        genre="verse",
        headline=None,
        contributors=(Contributor(name="丁", role="author"),),
        blocks=(Block(type="verse", text="一行\n二行"),),
    )
    with catalogue.writing() as writer:
        writer.save_page(a_page("桥上的灯", "诗"), "重庆日报", a_capture("index"), READ_AT)
        writer.save_article(first, kept, PARSER, READ_AT)
        writer.save_article(verse, a_capture("verse", hours=1), PARSER, READ_AT)
        changed = an_article("353117", headline="桥上的灯　都亮了")
        writer.save_article(changed, a_capture("two", hours=2), PARSER, READ_AT)
        for number in range(5):
            later = an_article(f"4000{number}", order=number + 1, issue_date=NOW.date())
            body = a_capture(f"later {number}", hours=3 + number)
            writer.save_article(later, body, PARSER, READ_AT)
        writer.settle_articles(KEY, {"353117"}, "ab" * 32, NOW)
        writer.save_ledger(
            a_ledger_entry(state="archived", cause=None, next_attempt_at=None, evidence="ab" * 32)
        )
        writer.save_ledger(a_ledger_entry(page_no="A01"))
