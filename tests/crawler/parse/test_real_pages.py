"""Two real saved page indexes, read where they are at hand: labels, lists, links, zones.

Only facts stand here (numbers, labels, section names, addresses), no text of the papers.
"""

import html
from datetime import date
from pathlib import Path

import pytest

from crawler.clean.whitespace import squeeze
from crawler.papers import known_papers
from crawler.saved import Saved, read_saved

FOLDER = Path(__file__).parents[3].parent / "shared" / "real_pages"
JXRB = "http://epaper.jxnews.com.cn/jxrb"
RMRB = "http://paper.people.com.cn/rmrb"
JXRB_FILES = sorted(FOLDER.glob("jxrb_2017-10-09_node_187.html"))
RMRB_FILES = sorted(FOLDER.glob("rmrb_2017-10-16_nbs_01.html"))
of_jxrb = pytest.mark.parametrize("path", JXRB_FILES, ids=lambda path: path.name)
of_rmrb = pytest.mark.parametrize("path", RMRB_FILES, ids=lambda path: path.name)
of_both = pytest.mark.parametrize("path", JXRB_FILES + RMRB_FILES, ids=lambda path: path.name)


def read(path: Path) -> Saved:
    return read_saved(
        path.read_bytes(), content_type="text/html", url=None, file_name=path.name,
        papers=known_papers(), paper=None,
    )  # fmt: skip


@of_jxrb
def test_jiangxi_dailys_front_page_is_known_by_label_date_and_links(path: Path) -> None:
    found = read(path)
    page = found.page
    assert (found.paper.slug, page.issue_date, page.printed_date) == (
        "jxrb", date(2017, 10, 9), date(2017, 10, 9),
    )  # fmt: skip
    assert (page.page_no, page.page_label, page.page_name) == ("A01", "第A01版", "头版")
    assert page.url == f"{JXRB}/html/2017-10/09/node_187.htm"
    assert page.facsimile_url == f"{JXRB}/page/186/2017-10-09/A01/58271507497937890.jpg"
    assert page.pdf_url == f"{JXRB}/page/186/2017-10-09/A01/51281507497937890.pdf"
    assert (page.previous_url, page.next_url) == (None, f"{JXRB}/html/2017-10/09/node_188.htm")


@of_jxrb
def test_jiangxi_dailys_twelve_pages_are_listed_once_each(path: Path) -> None:
    links = read(path).page.page_links
    numbers = [f"{section}0{n}" for section in "ABC" for n in range(1, 5)]
    assert [link.page_no for link in links] == numbers
    assert [link.page_label for link in links] == [f"第{number}版" for number in numbers]
    assert [link.page_name for link in links] == (
        [
            "头版",
            "要闻",
            "天下",
            "专刊",
            "专刊",
            "综合",
            "学与思",
            "专刊",
            "策划",
            "关注",
            "旅游",
            "体育·娱乐",
        ]
    )
    assert [link.url for link in links] == [
        f"{JXRB}/html/2017-10/09/node_{slot}.htm" for slot in range(187, 199)
    ]
    for link in links:
        start = f"{JXRB}/page/186/2017-10-09/{link.page_no}/"
        assert (link.pdf_url or "").startswith(start)


@of_jxrb
def test_jiangxi_dailys_articles_are_those_of_list_and_map(path: Path) -> None:
    entries = read(path).page.entries
    assert [entry.native_id for entry in entries] == [str(n) for n in range(401862, 401867)]
    assert [entry.order for entry in entries] == [1, 2, 3, 4, 5]
    assert all(entry.listed and entry.mapped for entry in entries)
    assert [[len(zone) for zone in entry.zones] for entry in entries] == [
        [4],
        [4],
        [10],
        [16],
        [10],
    ]
    assert entries[0].zones[0][0] == (5.0, 72.0)
    assert entries[4].url == f"{JXRB}/html/2017-10/09/content_401866.htm"


@of_rmrb
def test_peoples_dailys_front_page_is_known_by_label_date_and_links(path: Path) -> None:
    found = read(path)
    page = found.page
    assert (found.paper.slug, page.issue_date, page.printed_date) == (
        "rmrb", date(2017, 10, 16), date(2017, 10, 16),
    )  # fmt: skip
    assert (page.page_no, page.page_label, page.page_name) == (1, "第01版", "要闻")
    assert page.url == f"{RMRB}/html/2017-10/16/nbs.D110000renmrb_01.htm"
    assert page.facsimile_url == f"{RMRB}/page/2017-10/16/01/rmrb2017101601_b.jpg"
    assert page.pdf_url == f"{RMRB}/page/2017-10/16/01/rmrb2017101601.pdf"
    assert page.previous_url is None
    assert page.next_url == f"{RMRB}/html/2017-10/16/nbs.D110000renmrb_02.htm"


@of_rmrb
def test_peoples_dailys_twenty_four_pages_are_listed_once_each(path: Path) -> None:
    links = read(path).page.page_links
    assert [link.page_no for link in links] == list(range(1, 25))
    assert [link.page_label for link in links] == [f"第{n:02d}版" for n in range(1, 25)]
    names = {link.page_no: link.page_name for link in links}
    assert [names[n] for n in (1, 7, 8, 17, 18, 22, 23, 24)] == (
        ["要闻", "要闻", "广告", "综合", "国际", "各地传真", "区域经济", "广告"]
    )
    assert all(names.values())
    for n, link in enumerate(links, 1):
        assert link.url == f"{RMRB}/html/2017-10/16/nbs.D110000renmrb_{n:02d}.htm"
        assert link.pdf_url == f"{RMRB}/page/2017-10/16/{n:02d}/rmrb20171016{n:02d}.pdf"


@of_rmrb
def test_peoples_dailys_articles_are_those_of_list_and_map(path: Path) -> None:
    entries = read(path).page.entries
    assert [entry.native_id for entry in entries] == [f"20171016_{n}-01" for n in range(1, 6)]
    assert all(entry.listed and entry.mapped for entry in entries)
    assert [[len(zone) for zone in entry.zones] for entry in entries] == [[6], [4], [4], [6], [4]]
    assert entries[0].url == f"{RMRB}/html/2017-10/16/nw.D110000renmrb_20171016_1-01.htm"


@of_both
def test_a_page_index_holds_no_article_and_every_title_stands_in_its_source(path: Path) -> None:
    found = read(path)
    source = squeeze(html.unescape(path.read_text(encoding="utf-8").replace("<br>", " ")))
    assert found.article is None
    assert len(found.page.headlines) == 5
    assert all(squeeze(title) in source for title in found.page.headlines)
    assert len(set(found.page.headlines)) == 5
