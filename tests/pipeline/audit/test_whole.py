"""An archive in order has no breach, whatever befell it on the way; and how it is looked at."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crawler.papers import known_papers
from pipeline.audit import Audit, Breach
from pipeline.importing import Intake
from press.errors import SlowDown
from press.keys import content_hash
from replica.scenarios import FAULT_DATES, SCENARIOS
from storage.catalogue import Catalogue, rows

PLAIN = "cqrb-20260108-007"
_ONE = f"(SELECT min(id) FROM articles WHERE page_id = '{PLAIN}')"
ERAS = [date(2012, 3, 5), date(2016, 7, 20), date(2019, 5, 6), date(2024, 2, 29)]


def test_an_archive_in_order_has_no_breach(whole: Any) -> None:
    breaches, audit = whole.audit()
    assert breaches == []
    assert audit.reread == audit.articles > 15
    assert audit.files == len(whole.files()) > 3
    assert (audit.reparsed, audit.unread, audit.unknown, audit.exit_code) == (0, 0, 0, 0)


@pytest.mark.parametrize("day", ERAS)
def test_pages_of_every_era_read_again_as_they_were_read(
    new_desk: Callable[..., Any], audited: Callable[..., Any], day: date
) -> None:
    desk = new_desk()
    desk.archive(day)
    breaches, audit = audited(desk).audit()
    assert (breaches, audit.reparsed) == ([], 0)
    assert audit.reread == audit.articles > 0


def test_no_fault_of_the_site_is_damage(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    desk = new_desk(SCENARIOS["faults"])
    left_out = {"truncated", "truncated_once", "truncated_gzip", "withdrawn_article"}
    for day in (day for label, day in FAULT_DATES.items() if label not in left_out):
        desk.archive(day)
        desk.archive(day)
    breaches = audited(desk).breaches()
    assert [breach for breach in breaches if breach.kind == "damage"] == []


def test_pages_through_a_mirror_read_again_as_they_were_read(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    desk = new_desk()
    desk.source.origin = "http://127.0.0.1:8000"
    desk.archive(date(2026, 1, 8))
    breaches, audit = audited(desk).audit()
    assert (breaches, audit.reparsed) == ([], 0)


def test_an_archive_whose_run_was_killed_between_shelf_and_catalogue_is_in_order_before_and_after(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    day = date(2026, 1, 8)
    desk = new_desk()
    desk.archive(day)
    catalogue = (desk.folder / "catalogue.sqlite3").read_bytes()
    desk.archive(day + timedelta(days=1))
    desk.close()
    (desk.folder / "catalogue.sqlite3").write_bytes(catalogue)
    breaches, audit = audited(desk).audit()
    assert (breaches, audit.unknown > 0) == ([], True)
    again = new_desk()
    assert again.adopted == audit.unknown
    breaches, audit = audited(again).audit()
    assert (breaches, audit.unknown) == ([], 0)


def test_a_page_that_was_broken_off_is_no_damage(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    desk = new_desk()
    first, *_ = _entries(desk)
    desk.source.spoils[first.rpartition("/")[2]] = SlowDown("later", wait_s=60)
    desk.archive(date(2026, 1, 8))
    breaches = audited(desk).breaches()
    assert [breach.kind for breach in breaches] == ["gap"]


def _entries(desk: Any) -> list[str]:
    page = desk.source.site.issue(date(2026, 1, 8)).page(7)
    return [article.path for article in page.articles]


def test_saved_pages_and_articles_read_again_as_they_were_read(
    new_desk: Callable[..., Any], audited: Callable[..., Any]
) -> None:
    desk = new_desk()
    page = desk.source.site.issue(date(2026, 1, 8)).page(7)
    folder = desk.folder / "saved"
    folder.mkdir()
    for path in (page.path, *(article.path for article in page.articles)):
        (folder / path.rpartition("/")[2]).write_bytes(desk.source.site.answer(path, {}).body)
    intake = Intake(
        papers=known_papers(),
        keeper=desk.keeper,
        shelf=desk.shelf,
        catalogue=desk.catalogue,
        clock=desk.clock,
    )
    assert {result.exit_code for result in intake.take([folder])} == {0}
    breaches, audit = audited(desk).audit()
    assert (breaches, audit.reparsed, audit.reread) == ([], 0, len(page.articles))
    desk.archive(date(2026, 1, 8))  # the same bodies from the web: references to the imports
    breaches, audit = audited(desk).audit()
    assert (breaches, audit.reparsed) == ([], 0)


def test_what_another_parser_read_may_differ_and_is_counted(whole: Any) -> None:
    whole.sql(
        f"UPDATE revisions SET genre = 'notice', parser = 'baoku-parse/0' WHERE article_id = {_ONE}"
    )
    breaches, audit = whole.audit()
    assert (breaches, audit.reparsed, audit.exit_code) == ([], 1, 0)


def test_what_was_read_before_its_page_changed_may_differ_and_is_counted(whole: Any) -> None:
    whole.sql(
        f"UPDATE revisions SET genre = 'notice' WHERE article_id = {_ONE}",
        f"UPDATE pages SET read_at = '2027-01-01 00:00:00.000000' WHERE id = '{PLAIN}'",
    )
    assert whole.audit()[1].reparsed == 1
    assert whole.breaches() == []


@pytest.mark.parametrize("parser", ["baoku-parse/0", "baoku-parse/4"])
def test_a_forgery_that_agrees_with_itself_is_betrayed_by_its_source(
    whole: Any, parser: str
) -> None:
    """Text, blocks, count, hash and account all say the same; the kept body does not."""
    one = whole.ask(f"SELECT {_ONE}")
    forge(whole, one, parser)
    breaches = whole.breaches()
    assert {(breach.promise, breach.subject) for breach in breaches} == {(2, one)}
    assert any("its account lacks" in breach.sentence for breach in breaches)
    altered = [breach for breach in breaches if "gives another article" in breach.sentence]
    assert len(altered) == (parser == "baoku-parse/4")
    assert whole.breaches(quick=True) == []


def forge(whole: Any, one: str, parser: str) -> None:
    with whole.fixity() as fixity:
        stored = fixity.stored_article(one)
    article, said = stored.record.article, stored.record.article.blocks[0].text
    pieces = tuple(
        replace(piece, text=piece.text.replace(said, "改了。"))
        if piece.name == "blocks[0]"
        else piece
        for piece in stored.account.pieces
    )
    blocks = (replace(article.blocks[0], text="改了。"), *article.blocks[1:])
    forged = replace(article, blocks=blocks, account=replace(stored.account, pieces=pieces))
    columns = rows.revision_columns(forged)
    whole.set(
        "revisions", one, blocks=json.dumps(columns["blocks"]), text=columns["text"],
        char_count=columns["char_count"], content_hash=content_hash(forged), parser=parser,
    )  # fmt: skip
    whole.set("accounts", one, pieces=json.dumps(rows.pieces(forged.account)))


def test_a_sample_reads_so_many_articles_again(whole: Any) -> None:
    breaches, audit = whole.audit(sample=4)
    assert (breaches, audit.reread) == ([], 4)
    assert whole.audit(sample=4000)[1].reread == audit.articles


def test_quickly_no_body_is_read(whole: Any) -> None:
    for path in whole.files():
        whole.write(path, bytes(path.stat().st_size))
    breaches, audit = whole.audit(quick=True)
    assert (breaches, audit.reread) == ([], 0)
    assert audit.captures > 20


def test_the_way_is_told_from_nothing_to_the_end(whole: Any) -> None:
    whole.audit()
    for what in ("articles", "bytes of the shelf"):
        looks = [look for look in whole.looks if look.what == what]
        assert [look.done for look in looks] == sorted(look.done for look in looks)
        assert looks[-1].done == looks[-1].total > 0


def test_more_pages_than_are_held_in_memory_are_all_looked_at(whole: Any) -> None:
    columns = "paper, issue_date, page_no, state, attempts, evidence, updated_at, checked_at"
    whole.sql(
        "WITH RECURSIVE n(x) AS (SELECT 8 UNION ALL SELECT x + 1 FROM n WHERE x < 999) "
        f"INSERT INTO ledger ({columns}) SELECT 'cqrb', '2026-01-06', x, 'no_such_page', 1, "
        "(SELECT evidence FROM ledger WHERE issue_date = '2026-01-06'), "
        "'2026-01-12 00:00:00', '2026-01-12 00:00:00' FROM n"
    )
    breaches, audit = whole.audit()
    assert breaches == []
    assert audit.pages > 990


def test_a_damaged_database_is_named_and_its_rows_are_not_believed(whole: Any) -> None:
    path = whole.folder / "catalogue.sqlite3"
    root = whole.ask("SELECT rootpage FROM sqlite_master WHERE name = 'revisions'")
    size = whole.ask("PRAGMA page_size")
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    breaches, audit = whole.audit()
    assert {(breach.promise, breach.subject) for breach in breaches} == {(4, "catalogue")}
    assert (audit.files, audit.unknown) == (len(whole.files()), 0)


def test_two_articles_of_one_id_are_named(whole: Any) -> None:
    """What the unique key forbids, in a database that has lost it."""
    made = whole.ask("SELECT sql FROM sqlite_master WHERE name = 'articles'")
    keyless = re.sub(r",\s*CONSTRAINT uq_\w+ UNIQUE \([^)]*\)", "", made)
    whole.sql(
        keyless.replace("articles", "keyless", 1),
        "INSERT INTO keyless SELECT * FROM articles",
        "DROP TABLE articles",
        "ALTER TABLE keyless RENAME TO articles",
        f"UPDATE articles SET native_id = (SELECT native_id FROM articles WHERE id = {_ONE}) WHERE page_id = '{PLAIN}'",
    )
    breaches = [breach for breach in whole.breaches(quick=True) if breach.promise == 5]
    assert [breach.subject for breach in breaches] == [PLAIN]
    assert "several articles of it have the paper's id" in breaches[0].sentence


def test_nothing_is_written_and_no_lock_is_held(whole: Any) -> None:
    """A writer commits while the audit is under way."""
    before = sorted(path.name for path in whole.folder.rglob("*"))
    with whole.fixity() as fixity:
        pages = fixity.pages()
        next(pages)
        catalogue = Catalogue.open(f"sqlite:///{whole.folder / 'catalogue.sqlite3'}")
        with catalogue.writing() as writer:
            writer.begin_run("crawl", "x", whole.now)
        catalogue.close()
        assert len(list(pages)) == fixity.counts().pages + 1  # the ledger knows two that are not
    assert sorted(path.name for path in whole.folder.rglob("*")) == before


def test_damage_outweighs_a_gap_in_the_exit_code() -> None:
    audit = Audit()
    assert audit.exit_code == 0
    audit.count(Breach(promise=1, subject="a", sentence="b", kind="gap"))
    assert audit.exit_code == 20
    audit.count(Breach(promise=1, subject="a", sentence="b"))
    assert (audit.exit_code, audit.damage, audit.gaps) == (31, 1, 1)
