"""The image map: whose polygon is where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.parse.layout import Layout
from crawler.parse.zones import MapArea, read_areas
from crawler.platforms import LAYOUTS
from press.model import Zone
from press.record import zones_json

LAYOUT: Layout = LAYOUTS["page_folders"]
FOLDER = "http://paper.example/2026-01/12/007"
BASE = f"{FOLDER}/node.htm"
SQUARE = ((1.0, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 4.0))


def page(areas: str, *, usemap: str = "#PagePicMap", name: str = "pagepicmap") -> html.HtmlElement:
    return html.fromstring(
        f'<body><map name="{name}">{areas}</map><img src="p.jpg" usemap="{usemap}"></body>'
    )


def zone_of(coords: str, shape: str) -> Zone:
    tree = page(f'<area href="content_1.htm" coords="{coords}" shape="{shape}">')
    return read_areas(tree, LAYOUT, BASE).areas[0].zone


@pytest.mark.parametrize(
    ("coords", "shape", "zone"),
    [
        ("1,2,3,2,3,4,1,4", "polygon", SQUARE),
        ("1,2,3,2,3,4,1,4", "poly", SQUARE),
        ("1 2 3 2 3 4 1 4", "", SQUARE),
        ("1,2,3,4", "rect", SQUARE),
        ("1,2,3,4", "RECTANGLE", SQUARE),
        ("1,2,3,4", "", SQUARE),
        ("2,3,1", "circle", SQUARE),
        ("2,3,1", "circ", SQUARE),
        ("-1.5,0,2.25,0,1,1", "poly", ((-1.5, 0.0), (2.25, 0.0), (1.0, 1.0))),
        ("1,2,3,2,3,4,1", "poly", ((1.0, 2.0), (3.0, 2.0), (3.0, 4.0))),
        ("0,0,1,2,3,4", "Rect", ((0.0, 0.0), (1.0, 0.0), (1.0, 2.0), (0.0, 2.0))),
        ("2,3,1", "CIRCLE", SQUARE),
        ("1,2,3,2,3,4,1,4,1,2", "poly", SQUARE),
        ("1,2,3", "rect", ()),
        ("1,2", "circle", ()),
        ("1,2", "poly", ()),
        ("", "poly", ()),
        ("left,top", "rect", ()),
    ],
)
def test_every_shape_becomes_a_polygon_or_nothing(coords: str, shape: str, zone: Zone) -> None:
    assert zone_of(coords, shape) == zone


@given(
    st.text("0123456789,.- ;x", max_size=60) | st.just("9" * 400 + ",1,2,3,4,5"),
    st.sampled_from(["rect", "circle", "poly", "default", ""]),
)
def test_a_zone_has_three_points_or_none_and_can_be_written_down(coords: str, shape: str) -> None:
    zone = zone_of(coords, shape)
    assert not zone or len(zone) >= 3
    assert zones_json((zone,)) == [[[x, y] for x, y in zone]]


def test_only_areas_that_lead_to_an_article_count_in_source_order() -> None:
    found = read_areas(
        page(
            '<area href="content_2.htm?div=1" coords="1,2,3,4" shape="rect" alt=" 山城  夜雨 ">'
            '<area href="node.htm" coords="1,2,3,4"><area coords="1,2,3,4">'
            '<area href="javascript:void(0)" coords="1,2,3,4">'
            '<area href="content_1.htm" coords="1,2,3,4" title="晨雾">'
        ),
        LAYOUT,
        BASE,
    )
    assert found.areas == (
        MapArea(f"{FOLDER}/content_2.htm", "山城 夜雨", SQUARE),
        MapArea(f"{FOLDER}/content_1.htm", "晨雾", SQUARE),
    )
    assert found.facsimile_url == f"{FOLDER}/p.jpg"
    assert found.is_marked


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ('<area href="content_1.htm" alt="题" title="另题">', "题"),
        ('<area href="content_1.htm" alt="" title="另题">', "另题"),
        ('<area href="content_1.htm">题</area>', "题"),
        ('<area href="content_1.htm" alt=" ">', None),
    ],
)
def test_an_areas_title_is_its_alt_its_title_or_the_text_behind_it(
    inside: str, title: str | None
) -> None:
    assert read_areas(page(inside), LAYOUT, BASE).areas[0].title == title


@pytest.mark.parametrize(
    ("usemap", "name", "marked"),
    [
        ("#PAGEPICMAP", "PagePicMap", True),
        ("#other", "other", False),
        ("#none", "pagepicmap", True),
    ],
)
def test_names_of_maps_are_compared_without_case_and_any_map_is_better_than_none(
    usemap: str, name: str, marked: bool
) -> None:
    found = read_areas(page('<area href="content_1.htm">', usemap=usemap, name=name), LAYOUT, BASE)
    assert len(found.areas) == 1
    assert found.is_marked is marked


def test_of_two_maps_the_pictures_own_is_read() -> None:
    tree = html.fromstring(
        '<body><map name="menu"><area href="content_9.htm"></map>'
        '<map id="pagepicmap"><area href="content_1.htm"></map>'
        '<img src="p.jpg" usemap="#PagePicMap"></body>'
    )
    found = read_areas(tree, LAYOUT, BASE)
    assert [area.url for area in found.areas] == [f"{FOLDER}/content_1.htm"]


def test_a_page_without_map_or_picture_has_no_areas() -> None:
    found = read_areas(html.fromstring("<body><p>雨停了。</p></body>"), LAYOUT, BASE)
    assert (found.facsimile_url, found.areas, found.is_marked) == (None, (), False)


def test_the_facsimile_is_the_picture_that_uses_a_map_of_the_page() -> None:
    tree = html.fromstring(
        '<body><img src="ad.jpg" usemap="#ad"><map name="plate"><area href="content_1.htm"></map>'
        '<img src="p.jpg" usemap="#Plate"></body>'
    )
    assert read_areas(tree, LAYOUT, BASE).facsimile_url == f"{FOLDER}/p.jpg"
