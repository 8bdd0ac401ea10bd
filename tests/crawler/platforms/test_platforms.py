"""Each platform tells its own pages' and articles' addresses apart from all others."""

import pytest

from crawler.platforms import LAYOUTS

PAGES = {
    "page_folders": [
        ("/cqrb/2026-01/12/007/node.htm", "007"),
        ("/html/cqrb/2019-02/03/12/node.html", "12"),
        ("/x/2026-01/12/A01/node.htm", "A01"),
    ],
    "founder_a": [
        ("/jxrb/html/2017-10/09/node_187.htm", None),
        ("/2017-10/09/node_1.html", None),
    ],
    "founder_c": [
        ("/rmrb/html/2017-10/16/nbs.D110000renmrb_01.htm", "01"),
        ("/2017-10/16/nbs.D1000x_A12.html", "A12"),
    ],
}
ARTICLES = {
    "page_folders": [
        ("/cqrb/2026-01/12/007/content_rb_353117.htm", "353117"),
        ("/html/cqrb/2019-02/03/012/content_9.html", "9"),
    ],
    "founder_a": [
        ("/jxrb/html/2017-10/09/content_401862.htm", "401862"),
        ("/2017-10/09/content_9_2.html", "9_2"),
    ],
    "founder_c": [("/rmrb/html/2017-10/16/nw.D110000renmrb_20171016_2-01.htm", "20171016_2-01")],
}
ALL = [(path, "page", name) for name, rows in PAGES.items() for path, _ in rows]
ALL += [(path, "article", name) for name, rows in ARTICLES.items() for path, _ in rows]


def test_each_layout_is_known_by_its_own_name() -> None:
    assert set(LAYOUTS) == set(PAGES) == set(ARTICLES)
    assert all(layout.name == name for name, layout in LAYOUTS.items())


@pytest.mark.parametrize(
    ("name", "path", "folio"), [(name, *row) for name, rows in PAGES.items() for row in rows]
)
def test_a_pages_path_shows_its_folio_where_the_platform_writes_one(
    name: str, path: str, folio: str | None
) -> None:
    found = LAYOUTS[name].page_path.search(path)
    assert found is not None
    assert found.groupdict().get("folio") == folio


@pytest.mark.parametrize(
    ("name", "path", "own"), [(name, *row) for name, rows in ARTICLES.items() for row in rows]
)
def test_an_articles_path_shows_its_own_id(name: str, path: str, own: str) -> None:
    found = LAYOUTS[name].article_path.search(path)
    assert found is not None
    assert found["native_id"] == own


@pytest.mark.parametrize(
    ("name", "path"), [(name, row[0]) for name, rows in ARTICLES.items() for row in rows]
)
def test_the_last_part_of_an_articles_path_is_its_name(name: str, path: str) -> None:
    article_name = LAYOUTS[name].article_name
    assert article_name.fullmatch(path.rsplit("/", 1)[1])
    assert not any(article_name.fullmatch(page.rsplit("/", 1)[1]) for page, _ in PAGES[name])


@pytest.mark.parametrize(("path", "kind", "name"), ALL)
def test_a_path_is_of_one_kind_and_one_platform(path: str, kind: str, name: str) -> None:
    matching = {
        (layout.name, role)
        for layout in LAYOUTS.values()
        for role, pattern in (("page", layout.page_path), ("article", layout.article_path))
        if pattern.search(path)
    }
    assert matching == {(name, kind)}


@pytest.mark.parametrize(
    "path",
    [
        "/cqrb/2026-01/12/007/node.htm/x", "/cqrb/2026-01/12/7/node.htm", "/node_1.htm",
        "/cqrb/2026-01/12/007/content_rb_.htm", "/2026-01/12/content_x.htm", "/content_1.pdf",
        "/2026-01/12/nbs.htm", "/nw.D110000renmrb_2017_2-01.htm", "", "/",
    ],
)  # fmt: skip
def test_another_path_is_nobodys(path: str) -> None:
    assert not any(
        layout.page_path.search(path) or layout.article_path.search(path)
        for layout in LAYOUTS.values()
    )


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_marks_are_written_in_lower_case_for_they_are_compared_so(layout: object) -> None:
    marks = (*layout.body_ids, *layout.body_tags, *layout.headline_classes, layout.map_name)  # type: ignore[attr-defined]
    assert all(mark == mark.lower() and mark for mark in marks)
