"""Every format from the command line, with what lies beside it, and the way back in."""

import csv
import io
import json
import os
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from cli.export import TO_A_PATH, Format

DAY = date(2026, 1, 10)
TEXTS = sorted(set(get_args(Format)) - TO_A_PATH)
WITHOUT_EXTRAS = sorted(set(get_args(Format)) - {"parquet"})


@pytest.fixture
def filled(door: Any, serve: Callable[..., Any]) -> Any:
    """An archive with page 7 of two issues, three days apart, and page 3 of one."""
    url = serve().url
    assert door.crawl(url).exit_code == 0
    assert door.crawl(url, "--page", 3).exit_code == 0
    assert door.crawl(url, "--date", DAY - timedelta(days=3)).exit_code == 0
    return door


def test_each_format_is_written_with_a_card_and_a_dictionary(filled: Any, tmp_path: Path) -> None:
    count = len(filled.records("show", "--page", 7))
    for form in WITHOUT_EXTRAS:
        target = tmp_path / form
        result = filled.run("export", "--format", form, "-o", target, "--page", 7)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
        beside = f"{target}/" if form == "markdown" else f"{target}."
        card = Path(f"{beside}card.md").read_text(encoding="utf-8")
        assert f"| articles in the file | {count} |" in card
        (asked,) = (line for line in card.splitlines() if line.startswith("| asked for |"))
        assert f"--format {form}" in asked
        assert "--page 7" in asked
        assert "## The record" in Path(f"{beside}dictionary.md").read_text(encoding="utf-8")


def test_a_text_on_stdout_is_the_text_in_the_file_and_the_same_twice(
    filled: Any, tmp_path: Path
) -> None:
    for form in TEXTS:
        filled.run("export", "--format", form, "-o", tmp_path / "out")
        printed = [filled.run("export", "--format", form).stdout_bytes for _ in range(2)]
        assert printed[0] == printed[1] == (tmp_path / "out").read_bytes()


def test_the_card_tells_the_gaps_the_digest_and_the_rights(filled: Any, tmp_path: Path) -> None:
    filled.run("export", "-o", tmp_path / "out.jsonl")
    card = (tmp_path / "out.jsonl.card.md").read_text(encoding="utf-8")
    assert "| cqrb | 2026-01-08..09 | page 7 | never_asked |  |" in card
    assert "| issue dates | 2026-01-07 to 2026-01-10 |" in card
    assert "without written permission" in card
    (check,) = (line.strip() for line in card.splitlines() if "sha256sum" in line)
    done = subprocess.run(["bash", "-c", check], cwd=tmp_path, capture_output=True, check=False)  # noqa: S603, S607
    assert done.stdout == b"out.jsonl: OK\n"


def test_a_pipe_gets_the_export_and_nothing_beside_it(filled: Any, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert filled.run("export", "--limit", 1, "-o", pipe).exit_code == 0
    assert json.loads(os.read(reader, 1 << 20))["paper"] == "cqrb"
    os.close(reader)
    assert {path.name for path in tmp_path.iterdir()} == {"home", "pipe"}


def test_all_formats_take_the_same_filters(filled: Any, tmp_path: Path) -> None:
    chosen = ("--page", 7, "--from", DAY, "--limit", 2, "--status", "ok")
    ids = [record["id"] for record in map(json.loads, lines(filled, "jsonl", *chosen))]
    assert len(ids) == 2
    text = filled.run("export", "--format", "csv", *chosen).stdout_bytes.decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ids
    cited = filled.run("export", "--format", "csl", *chosen).stdout
    assert [item["id"] for item in json.loads(cited)] == ids
    filled.run("export", "--format", "wacz", "-o", tmp_path / "out.wacz", *chosen)
    pages = zipfile.ZipFile(tmp_path / "out.wacz").read("pages/pages.jsonl").splitlines()
    assert [json.loads(page)["id"] for page in pages[2:]] == ids
    assert [json.loads(line)["id"] for line in lines(filled, "jsonl", "--genre", "masthead")] == []


def lines(door: Any, form: str, *words: object) -> list[str]:
    result = door.run("export", "--format", form, *words)
    assert result.exit_code == 0, result.stderr
    return list(result.stdout.splitlines())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--format", "csv", "--canonical"), "--canonical is for --format jsonl"),
        (("--bom",), "--bom is for --format csv"),
        (("--format", "wacz"), "name a file or folder with --output"),
        (("--format", "markdown"), "name a file or folder with --output"),
    ],
)
def test_what_does_not_go_together_is_said(filled: Any, words: Any, sentence: str) -> None:
    result = filled.run("export", *words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_folder_that_is_somebodys_is_left_alone(filled: Any, tmp_path: Path) -> None:
    result = filled.run("export", "--format", "markdown", "-o", tmp_path)
    assert result.exit_code == 2
    assert "name a new folder" in result.stderr


def test_an_export_in_an_empty_home_exports_the_same_and_so_it_does_after_a_rebuild(
    filled: Any, door: Any, tmp_path: Path
) -> None:
    filled.run("export", "-o", tmp_path / "one.jsonl")
    other = type(door)(tmp_path / "other")
    assert other.run("import", tmp_path / "one.jsonl").exit_code == 0
    assert other.run("export", "-o", tmp_path / "two.jsonl").exit_code == 0
    assert other.run("rebuild").exit_code == 0
    assert other.run("export", "-o", tmp_path / "three.jsonl").exit_code == 0
    texts = [(tmp_path / f"{name}.jsonl").read_bytes() for name in ("one", "two", "three")]
    assert texts[0] == texts[1] == texts[2]
    assert other.run("verify").exit_code == 0


def test_a_package_of_imported_records_has_no_answers_and_says_so(
    filled: Any, door: Any, tmp_path: Path
) -> None:
    filled.run("export", "-o", tmp_path / "one.jsonl")
    count = len((tmp_path / "one.jsonl").read_bytes().splitlines())
    other = type(door)(tmp_path / "other")
    other.run("import", tmp_path / "one.jsonl")
    result = other.run("export", "--format", "wacz", "-o", tmp_path / "out.wacz")
    assert result.exit_code == 0
    assert result.stderr.startswith(f"baoku: {count} articles have no answer from the web")
    assert "| of these with their answer | 0 |" in (tmp_path / "out.wacz.card.md").read_text()


def test_a_package_is_imported_into_an_empty_home(filled: Any, door: Any, tmp_path: Path) -> None:
    filled.run("export", "--format", "wacz", "-o", tmp_path / "out.wacz")
    other = type(door)(tmp_path / "other")
    assert other.run("import", tmp_path / "out.wacz").exit_code == 0
    canonical = [one.run("export", "--canonical").stdout for one in (filled, other)]
    assert canonical[0] == canonical[1]


def test_markdown_shows_the_headline_block_of_an_article_and_of_each_on_a_page(filled: Any) -> None:
    (page,) = filled.records("show", "cqrb-20260110-007")
    text = filled.run("show", "--markdown", page["id"]).stdout
    assert text.startswith("# 重庆日报 2026-01-10 第007版")
    for name in page["articles"]:
        own = filled.run("show", "--markdown", name).stdout
        assert own in text
        assert own.count("\n# ") + own.startswith("# ") == 1


@pytest.mark.parametrize("words", [(), ("cqrb-20260110-007", "--json")])
def test_markdown_is_of_named_items(filled: Any, words: Any) -> None:
    result = filled.run("show", "--markdown", *words)
    assert result.exit_code == 2
    assert "--markdown is for IDs" in result.stderr
