"""One month, kept by either database: the archive is the same, byte for byte."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from crawler.papers import known_papers
from pipeline.audit import Rounds, Thoroughness
from pipeline.importing import Intake
from pipeline.rebuild import Rebuild
from press.outcome import LedgerEntry
from press.record import article_json, canonical_json, json_line
from storage.catalogue import Catalogue, Selection
from storage.catalogue.copying import copy
from storage.raw.fixity import Inspection
from storage.search.query import parse
from tests.pipeline.conftest import Desk
from tests.pipeline.test_month import SCENARIO, forty_mornings
from tests.storage.postgresql import Databases

QUERIES = ["的", "重庆", "headline:城", "一 -二", "桥 OR 灯", "记者"]


@pytest.fixture(scope="module")
def on_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The month in SQLite."""
    desk = Desk(tmp_path_factory.mktemp("file"), SCENARIO)
    list(forty_mornings(desk))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def on_server(
    tmp_path_factory: pytest.TempPathFactory, server_databases: Databases
) -> Iterator[Desk]:
    """The month in PostgreSQL."""
    desk = Desk(tmp_path_factory.mktemp("server"), SCENARIO, server_databases.ready())
    list(forty_mornings(desk))
    yield desk
    desk.close()


def canonical(catalogue: Catalogue) -> list[str]:
    with catalogue.reading() as reader:
        return [json_line(canonical_json(one)) for one in reader.articles(Selection())]


def ledger(catalogue: Catalogue) -> list[LedgerEntry]:
    with catalogue.reading() as reader:
        return list(reader.ledger(Selection()))


def test_the_canonical_exports_are_the_same(on_file: Desk, on_server: Desk) -> None:
    assert len(on_file.canonical()) > 100
    assert on_server.canonical() == on_file.canonical()


def test_ledger_findings_runs_and_counts_are_the_same(on_file: Desk, on_server: Desk) -> None:
    assert ledger(on_server.catalogue) == ledger(on_file.catalogue)
    with on_file.catalogue.reading() as one, on_server.catalogue.reading() as other:
        assert other.findings() == one.findings()
        assert other.counts() == one.counts()
        assert other.committed_ends() == one.committed_ends()
        assert other.papers() == one.papers()
        ids = [record.id for record in one.articles(Selection())]
        assert [other.revisions(key) for key in ids] == [one.revisions(key) for key in ids]
        assert [other.account(key) for key in ids] == [one.account(key) for key in ids]


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_found_is_the_same_in_the_same_order(
    on_file: Desk, on_server: Desk, query: str
) -> None:
    found = []
    for desk in (on_file, on_server):
        with desk.catalogue.searching() as searcher:
            by_date = searcher.search(parse(query), limit=500).hits
            by_worth = searcher.search(parse(query), sort="relevance", limit=500).hits
            found.append([[one.record.id for one in hits] for hits in (by_date, by_worth)])
    assert found[0] == found[1]


def test_an_audit_of_the_server_finds_no_damage(on_server: Desk, tmp_path: Path) -> None:
    with on_server.catalogue.standing_still(tmp_path) as fixity:
        rounds = Rounds(
            fixity=fixity,
            shelf=Inspection(on_server.folder / "raw"),
            papers=known_papers(),
            now=on_server.clock.now(),
            thoroughness=Thoroughness(pick=Random(7)),  # noqa: S311 - no secret
            watch=lambda _: None,
        )
        damage = [one for one in rounds.breaches() if one.kind == "damage"]
    assert damage == []
    assert rounds.audit.reread == rounds.audit.articles > 100


def test_the_shelf_alone_makes_the_same_archive_on_a_server(
    on_file: Desk, server_databases: Databases
) -> None:
    told: list[str] = []
    with closing(Catalogue.open(server_databases.ready())) as anew:
        making = Rebuild(
            papers=known_papers(),
            catalogue=anew,
            shelf=on_file.shelf,
            clock=on_file.clock,
            report=told.append,
        )
        for issue in making.enter_captures():
            making.read_issue(issue)
        assert (told, canonical(anew)) == ([], on_file.canonical())


def test_an_export_is_imported_into_a_server_as_it_was(
    on_file: Desk, server_databases: Databases, tmp_path: Path
) -> None:
    export = tmp_path / "month.jsonl"
    lines = [json_line(article_json(one)) + "\n" for one in on_file.articles()]
    export.write_text("".join(lines), encoding="utf-8", newline="")
    desk = Desk(tmp_path, SCENARIO, server_databases.ready())
    with closing(desk):
        intake = Intake(
            papers=known_papers(),
            keeper=desk.keeper,
            shelf=desk.shelf,
            catalogue=desk.catalogue,
            clock=desk.clock,
        )
        (result,) = intake.take([export])
        assert result.exit_code == 0
        assert desk.canonical() == on_file.canonical()


def test_a_copy_from_file_to_server_and_back_is_the_archive(
    on_file: Desk, server_databases: Databases, tmp_path: Path
) -> None:
    with (
        closing(Catalogue.open(server_databases.ready())) as there,
        closing(Catalogue.open(f"sqlite:///{tmp_path / 'back.sqlite3'}")) as back,
    ):
        assert all(one.is_same for one in copy(on_file.catalogue, there, lambda _: None))
        assert all(one.is_same for one in copy(there, back, lambda _: None))
        assert canonical(there) == canonical(back) == on_file.canonical()
        assert ledger(there) == ledger(back) == ledger(on_file.catalogue)
