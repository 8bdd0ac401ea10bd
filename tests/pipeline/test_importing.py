import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.papers import known_papers
from pipeline.importing import Intake, files_in, kind_of, own_url, placed
from pipeline.report import FileResult
from press.capture import Import
from press.errors import UsageError
from press.keys import PageKey
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.site import Site
from tests.pipeline.dumps import DUMP

DAY = date(2026, 1, 10)
KEY = PageKey("cqrb", DAY, 7)
SITE = Site(Newspaper(7), Scenario(name="healthy"))
PAPERS = known_papers()


def a_page() -> Any:
    issue = SITE.issue(DAY)
    assert issue is not None
    return issue.page(7)


def save(folder: Path, path: str) -> Path:
    """The site's answer as a person saves it: the path's last part, or node.htm."""
    folder.mkdir(exist_ok=True)
    file = folder / path.rpartition("/")[2]
    file.write_bytes(SITE.answer(path, {}).body)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Page 7 of an issue as saved: its index and each of its articles."""
    for path in (a_page().path, *(article.path for article in a_page().articles)):
        save(tmp_path / "saved", path)
    return tmp_path / "saved"


def intake_of(desk: Any) -> Intake:
    return Intake(
        papers=PAPERS,
        keeper=desk.keeper,
        shelf=desk.shelf,
        catalogue=desk.catalogue,
        clock=desk.clock,
    )


def take(desk: Any, *paths: Path, **said: Any) -> list[FileResult]:
    return list(intake_of(desk).take(paths, **said))


def test_a_folder_of_saved_pages_gives_the_articles_that_a_crawl_gives(
    new_desk: Callable[..., Any], folder: Path
) -> None:
    desk, crawled = new_desk(), new_desk(name="crawled")
    results = take(desk, folder)
    crawled.archive(DAY)
    assert {result.exit_code for result in results} == {0}
    assert results[0].pages == 1
    assert [record.id for record in desk.articles()] == [r.id for r in crawled.articles()]
    assert [r.article.blocks for r in desk.articles()] == [
        r.article.blocks for r in crawled.articles()
    ]
    assert [r.article.zones for r in desk.articles()] == [
        r.article.zones for r in crawled.articles()
    ]


def test_the_same_files_twice_store_nothing(new_desk: Callable[..., Any], folder: Path) -> None:
    desk = new_desk()
    take(desk, folder)
    canonical, captures = desk.canonical(), desk.captures()
    again = take(desk, folder)
    assert sum(result.tally.new for result in again) == 0
    assert (desk.canonical(), desk.captures()) == (canonical, captures)


def test_the_same_file_under_another_name_stores_nothing(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = new_desk()
    (tmp_path / "a.txt").write_text(DUMP, encoding="utf-8")
    (tmp_path / "b.txt").write_text(DUMP, encoding="utf-8")
    first, second = take(desk, tmp_path / "a.txt", tmp_path / "b.txt")
    assert (first.tally.new, second.tally.unchanged) == (1, 1)
    assert desk.captures() == 1


def test_a_dump_tells_its_page_and_the_other_headlines(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = new_desk()
    file = tmp_path / "dump.txt"
    file.write_text(DUMP, encoding="utf-8")
    (result,) = take(desk, file)
    assert (result.exit_code, result.tally.new) == (0, 1)
    (record,) = desk.articles()
    assert record.article.kicker == "纸上观察"
    assert record.article.byline == "顾小舟"
    with desk.catalogue.reading() as reader:
        page = reader.page(KEY)
    assert page.page.headlines == ("河灯亮起来的晚上", "纸船记")


def test_an_article_takes_its_place_on_a_page_that_is_known(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = new_desk()
    article = a_page().articles[2]
    take(desk, save(tmp_path / "saved", a_page().path))
    take(desk, save(tmp_path / "saved", article.path))
    (record,) = desk.articles()
    assert (record.article.order, record.article.zones) == (article.order, article.zones)
    assert record.article.url == article.url


def test_one_bad_file_does_not_stop_the_others(new_desk: Callable[..., Any], folder: Path) -> None:
    desk = new_desk()
    (folder / "aaa.html").write_text("<html><body>a shopping list</body></html>")
    (folder / "bbb.txt").write_bytes(b"\x00\x01\x02")
    (folder / "ccc.warc").write_bytes(b"no archive")
    (folder / "ignored.jpg").write_bytes(b"")
    results = {result.path.name: result for result in take(desk, folder)}
    assert [results[name].exit_code for name in ("aaa.html", "bbb.txt", "ccc.warc")] == [2, 2, 2]
    assert all(results[name].problems for name in ("aaa.html", "bbb.txt", "ccc.warc"))
    assert "ignored.jpg" not in results
    assert len(desk.articles()) == len(a_page().articles)


def test_what_is_no_newspaper_page_never_reaches_the_shelf(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = new_desk()
    (tmp_path / "diary.html").write_text("<html><body>dear diary</body></html>")
    take(desk, tmp_path / "diary.html")
    assert desk.captures() == 0


def test_a_dump_takes_its_place_on_a_page_that_is_known(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = new_desk()
    known = next(one for one in a_page().articles if one.listed and "\n" not in one.headline)
    take(desk, save(tmp_path / "saved", a_page().path))
    file = tmp_path / "dump.txt"
    file.write_text(DUMP.replace("河灯亮起来的晚上", known.headline), encoding="utf-8")
    take(desk, file)
    (record,) = desk.articles()
    assert record.article.native_id == known.native_id
    assert (record.article.url, record.article.zones) == (known.url, known.zones)
    with desk.catalogue.reading() as reader:
        assert len(reader.page(KEY).page.entries) == len(a_page().entries)


def test_in_a_warc_file_page_indexes_are_read_first(new_desk: Callable[..., Any]) -> None:
    other, desk = new_desk(name="other"), new_desk()
    article = a_page().articles[2]
    for one in (article, a_page()):
        url = one.url if one is article else f"https://epaper.cqrb.cn{one.path}"
        body = SITE.answer(one.path, {}).body
        if one is article:
            body = re.sub(rb"(?is)<area[^>]*>", b"", body)
        kind = "text/html; charset=utf-8"
        moment = other.clock.now()
        other.shelf.append(Import(url=url, content_type=kind, body=body, imported_at=moment))
    (file,) = shelf_of(other)
    copy = file.with_name("copy.warc.gz")
    file.rename(copy)
    take(desk, copy)
    (record,) = desk.articles()
    assert record.article.zones == article.zones


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_warc_file_gives_what_the_crawl_that_wrote_it_gave(
    new_desk: Callable[..., Any], mirrored: bool
) -> None:
    crawled = new_desk(name="crawled")
    if mirrored:
        crawled.source.origin = "http://127.0.0.1:8000"
    crawled.archive(DAY)
    crawled.shelf.close()
    (file,) = (path for path in shelf_of(crawled) if path.name.endswith(".open"))
    copy = file.with_name("copy.warc.gz")
    file.rename(copy)
    desk = new_desk()
    (result,) = take(desk, copy)
    assert (result.exit_code, result.pages) == (0, 1)
    assert [r.article for r in desk.articles()] == [r.article for r in crawled.articles()]
    assert {r.fetched_at for r in desk.articles()} == {r.fetched_at for r in crawled.articles()}


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no .*nowhere\.html"):
        files_in([tmp_path / "nowhere.html"])
    with pytest.raises(UsageError, match="holds no file to import"):
        files_in([tmp_path])


def test_files_come_once_and_page_indexes_first(tmp_path: Path) -> None:
    for name in ("content_1.htm", "node.htm", "a.WARC.GZ"):
        (tmp_path / name).write_bytes(b"")
    found = files_in([tmp_path, tmp_path / "node.htm"])
    assert [path.name for path in found] == ["node.htm", "a.WARC.GZ", "content_1.htm"]


def test_a_file_of_another_kind_is_told_what_can_be_imported(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "page.pdf").write_bytes(b"%PDF")
    (result,) = take(new_desk(), tmp_path / "page.pdf")
    assert result.exit_code == 2
    assert ".warc.gz" in result.problems[0]


def test_the_open_file_of_another_archives_shelf_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "baoku-20260110000000-00001.warc.gz.open").write_bytes(b"")
    (tmp_path / "catalogue.open").write_bytes(b"")
    (file,) = files_in([tmp_path])
    assert kind_of(file) == "application/warc"


def test_what_is_no_regular_file_is_named_and_not_waited_for(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "page.html")
    both_ends = os.open(tmp_path / "page.html", os.O_RDWR)
    os.write(both_ends, b"<html>")
    (result,) = take(new_desk(), tmp_path / "page.html")
    os.close(both_ends)
    assert "no regular file" in result.problems[0]


def test_a_file_whose_name_is_not_utf8_is_taken_in(
    new_desk: Callable[..., Any], folder: Path
) -> None:
    named = (folder / "node.htm").rename(folder / os.fsdecode("第七版.htm".encode("gb18030")))
    (result,) = take(new_desk(), named)
    assert (result.problems, result.pages) == ((), 1)


def test_an_article_with_a_residue_is_told_with_the_command_that_shows_it(
    new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    text, _, _ = DUMP.partition("着水走远")
    (tmp_path / "cut.txt").write_bytes(text.encode()[:-1])
    (result,) = take(new_desk(), tmp_path / "cut.txt")
    assert result.exit_code == 22
    (sentence,) = result.sentences
    assert f"baoku explain {result.ids[0]}" in sentence


def test_a_mirrors_address_is_read_as_the_papers_own() -> None:
    papers = [PAPERS["cqrb"]]
    own = "https://epaper.cqrb.cn/cqrb/2026-01/10/007/node.htm"
    assert own_url(own, papers) == own
    assert own_url("http://127.0.0.1:8000/cqrb/2026-01/10/007/node.htm", papers) == own
    assert own_url("http://127.0.0.1:8000/style.css", papers) is None


def test_an_article_that_the_page_does_not_announce_stays_as_it_is(
    new_desk: Callable[..., Any],
) -> None:
    desk = new_desk()
    desk.archive(DAY)
    with desk.catalogue.reading() as reader:
        page = reader.page(KEY).page
    stranger = replace(desk.articles()[0].article, native_id="1", order=99)
    assert placed(stranger, page) == stranger


def shelf_of(desk: Any) -> Iterator[Path]:
    folder: Path = desk.folder / "raw"
    return folder.iterdir()
