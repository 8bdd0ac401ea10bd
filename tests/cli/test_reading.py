import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.site import Site
from storage.home import holding, open_home

DAY = date(2026, 1, 10)
PAGE = "cqrb-20260110-007"


@pytest.fixture
def filled(door: Any, serve: Callable[..., Any]) -> Any:
    """An archive with page 7 of two issues and page 3 of one."""
    url = serve().url
    assert door.crawl(url).exit_code == 0
    assert door.crawl(url, "--page", 3).exit_code == 0
    assert door.crawl(url, "--date", DAY - timedelta(days=1)).exit_code == 0
    return door


def test_records_come_in_archive_order_and_people_see_the_newest_issue_first(filled: Any) -> None:
    records = filled.records("show")
    keys = [(record["issue_date"], record["page_no"], record["order"]) for record in records]
    assert keys == sorted(keys)
    rows = filled.run("show").stdout.splitlines()[1:]
    assert [row.split()[0] for row in rows] == sorted((key[0] for key in keys), reverse=True)


def test_the_filters_select(filled: Any) -> None:
    def shown(*words: object) -> set[tuple[str, int]]:
        return {(r["issue_date"], r["page_no"]) for r in filled.records("show", *words)}

    assert shown("--page", 3) == {("2026-01-10", 3)}
    assert shown("--page", 7) == {("2026-01-10", 7), ("2026-01-09", 7)}
    assert shown("--from", "2026-01-10") == {("2026-01-10", 3), ("2026-01-10", 7)}
    assert shown("--to", "2026/1/9") == {("2026-01-09", 7)}
    assert shown("--paper", "rmrb") == set()
    assert len(filled.records("show", "--limit", 2)) == 2


def test_a_page_is_named_in_two_ways(filled: Any) -> None:
    assert filled.records("show", PAGE) == filled.records("show", "cqrb/2026-01-10/7")
    (page,) = filled.records("show", PAGE)
    for headline in page["headlines"]:
        assert headline in filled.run("show", PAGE).stdout


def test_an_article_is_shown_with_the_other_headlines_of_its_page(filled: Any) -> None:
    (page,) = filled.records("show", PAGE)
    (record,) = filled.records("show", page["articles"][0])
    text = filled.run("show", record["id"]).stdout
    assert record["headline"].replace("\n", " ") in text
    assert all(block["text"] in text for block in record["blocks"] if "text" in block)
    assert record["url"] in text
    others = [e["title"] for e in page["entries"][1:] if e["title"]]
    assert all(title in text for title in others)


def test_an_article_is_found_under_both_forms_of_its_id(filled: Any) -> None:
    (page,) = filled.records("show", PAGE)
    name = page["articles"][0]
    slashed = f"cqrb/2026-01-10/7/{name.rsplit('-', 1)[1]}"
    assert filled.records("show", slashed) == filled.records("show", name)
    assert filled.records("explain", slashed) == filled.records("explain", name)


def test_what_the_archive_does_not_have_is_said(filled: Any) -> None:
    result = filled.run("show", "cqrb-20260110-007-1")
    assert result.exit_code == 2
    assert result.stderr == (
        "baoku: the archive has no cqrb-20260110-007-1: see baoku show for what it has\n"
    )


def test_ids_and_filters_do_not_mix(filled: Any) -> None:
    result = filled.run("show", PAGE, "--page", 7)
    assert result.exit_code == 2
    assert "either IDs or filters" in result.stderr


def test_the_account_of_an_article_balances(filled: Any) -> None:
    for record in filled.records("show", "--page", 3):
        (account,) = filled.records("explain", record["id"])
        assert account["is_closed"]
        assert account["visible"] == account["in_fields"] + account["dropped"]
        assert account["visible"] == sum(piece["char_count"] for piece in account["pieces"])
    text = filled.run("explain", record["id"]).stdout
    assert f"{account['visible']} visible characters = " in text


def test_explaining_a_page_names_what_to_explain(filled: Any) -> None:
    result = filled.run("explain", PAGE)
    assert result.exit_code == 2
    assert f"baoku show {PAGE}" in result.stderr


def test_an_export_is_the_records_and_canonical_leaves_the_times_out(
    filled: Any, tmp_path: Path
) -> None:
    lines = [json.loads(line) for line in filled.run("export").stdout.splitlines()]
    assert lines == filled.records("show")
    canonical = filled.run("export", "--canonical").stdout
    assert canonical == filled.run("export", "--canonical").stdout
    assert "fetched_at" not in canonical
    result = filled.run("export", "--canonical", "-o", tmp_path / "out.jsonl", "--page", 3)
    assert (result.exit_code, result.stdout) == (0, "")
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["page_no"] for line in written} == {3}


def test_an_export_that_cannot_be_written_is_one_sentence(filled: Any, tmp_path: Path) -> None:
    result = filled.run("export", "-o", tmp_path / "nowhere" / "out.jsonl")
    assert result.exit_code == 30
    assert len(result.stderr.splitlines()) == 1


def test_a_file_is_imported_beside_one_that_cannot_be(filled: Any, tmp_path: Path) -> None:
    (page,) = filled.records("show", PAGE)
    path = page["url"].removeprefix("https://epaper.cqrb.cn")
    saved, bad = tmp_path / "node.htm", tmp_path / "bad.html"
    saved.write_bytes(Site(Newspaper(7), Scenario(name="healthy")).answer(path, {}).body)
    bad.write_text("<html>no newspaper</html>")
    result = filled.run("import", bad, saved, "--json")
    assert result.exit_code == 2
    told = {Path(t["file"]).name: t for t in map(json.loads, result.stdout.splitlines())}
    assert (told["node.htm"]["exit_code"], told["node.htm"]["ids"]) == (0, [PAGE])
    assert told["bad.html"]["exit_code"] == 2
    assert filled.records("show", PAGE) == [page]
    said = filled.run("import", bad, saved)
    (line,) = said.stderr.splitlines()
    assert line.startswith(f"baoku: {bad}: ")
    assert PAGE in said.stdout


def test_an_address_is_for_a_single_file(door: Any, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("<html>")
    result = door.run("import", tmp_path, "--url", "http://paper.example/a.html")
    assert result.exit_code == 2
    assert "single file" in result.stderr
    assert not door.home.exists()


def test_the_papers_are_listed_and_shown(door: Any) -> None:
    assert "重庆日报" in door.run("paper", "list").stdout
    papers = door.records("paper", "list")
    (shown,) = door.records("paper", "show", "cqrb")
    assert shown in papers
    assert len(shown["eras"]) == 4
    text = door.run("paper", "show", "cqrb").stdout
    for era in shown["eras"]:
        assert era["front_url"] in text
        assert era["since"] in text


def test_a_paper_of_ones_own_is_found_in_the_folder_of_papers(
    door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "xmrb.toml").write_text(
        'slug = "xmrb"\nname = "仙门日报"\nhome_url = "http://paper.example/"\n'
        "first_issue = 2020-01-01\nweekdays = [0]\npublished_at = 06:00:00\ndefault_page = 1\n"
        '[[eras]]\nname = "only"\nsince = 2020-01-01\nplatform = "page_folders"\n'
        'front_url = "http://paper.example/{yyyy}-{mm}/{dd}/001/node.htm"\n'
        'article_url = "http://paper.example/{yyyy}-{mm}/{dd}/{page:03d}/c_{native_id}.htm"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("BAOKU_PAPERS", str(folder))
    assert "仙门日报" in door.run("paper", "list").stdout


def test_the_doctor_finds_a_healthy_archive_healthy(filled: Any) -> None:
    found = {f["subject"]: f for f in filled.records("doctor")}
    assert set(found) == {
        "settings", "contact", "alarms", "metrics", "sqlite", "home", "space", "lock", "clock",
        "catalogue", "findings", "retries", "runs of crawl", "shelf", "vault",
    }  # fmt: skip
    assert {finding["level"] for finding in found.values()} <= {"ok", "warning"}
    assert found["contact"]["level"] == "warning"
    assert "2 pages" not in found["catalogue"]["sentence"]
    assert "3 pages" in found["catalogue"]["sentence"]


def test_the_doctor_names_what_is_wrong_and_exits_with_the_worst(filled: Any) -> None:
    (file,) = (filled.home / "raw").glob("*.open")
    file.write_bytes(file.read_bytes()[:100])
    with holding(open_home(filled.home, create=False)):
        result = filled.run("doctor", "--json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    problems = {f["subject"]: f["exit_code"] for f in found if f["level"] == "problem"}
    assert problems == {"lock": 40, "shelf": 31}
    assert result.exit_code == 40


def test_the_doctor_changes_nothing(door: Any) -> None:
    assert door.run("doctor").exit_code == 0
    assert not door.home.exists()


def test_the_doctor_tells_a_mistyped_setting(door: Any, tmp_path: Path) -> None:
    (tmp_path / "baoku.toml").write_text('contcat = "x"\n')
    result = door.run("doctor")
    assert result.exit_code == 2
    assert "contcat" in result.stdout


def test_the_demo_archives_seven_issues_and_shows_an_article(door: Any) -> None:
    result = door.run("demo")
    assert result.exit_code == 0, result.stderr
    assert sum(" archived " in line for line in result.stdout.splitlines()) == 7
    assert f"baoku show --home {door.home}" in result.stdout
    assert {r["issue_date"] for r in door.records("show")} == {
        f"2026-01-{day:02d}" for day in range(6, 13)
    }
    again = door.run("demo")
    assert again.exit_code == 0
    assert sum("archived before" in line for line in again.stdout.splitlines()) == 7


def test_the_demo_leaves_a_folder_that_is_somebodys_alone(door: Any) -> None:
    door.home.mkdir()
    (door.home / "letter.txt").write_text("mine")
    result = door.run("demo")
    assert result.exit_code == 2
    assert "not empty" in result.stderr
    assert [path.name for path in door.home.iterdir()] == ["letter.txt"]
