"""The templates themselves: nothing that the content security policy forbids, no way around escaping."""

import re

import pytest
from jinja2 import Environment

from readingroom.rooms.assets import FOLDER, read_assets
from readingroom.rooms.setting import TEMPLATES, Typesetter

PATHS = sorted(TEMPLATES.glob("*.html"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_template_escapes_everything_and_runs_nothing(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert not re.search(r"\|\s*safe\b|Markup|autoescape|\|\s*striptags|xmlattr", text)
    assert not re.search(r"<style|\sstyle\s*=|\son\w+\s*=|javascript:|hx-on|hx-vals", text)
    scripts = re.findall(r"<script[^>]*>", text)
    assert all(" src=" in tag or 'type="application/ld+json"' in tag for tag in scripts)
    attributes = re.findall(r"<[^>]*?=\s*\{\{", re.sub(r"\{%.*?%\}", "", text))
    assert not attributes, "an attribute's value without quotes"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_link_to_the_outside_is_made_in_one_place(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//', text)
    assert text.count('rel="noopener noreferrer') == (path.name == "pieces.html")  # type: ignore[attr-defined]


def test_the_typesetter_escapes_in_every_template() -> None:
    environment = Typesetter(read_assets())._environment
    assert isinstance(environment, Environment)
    assert environment.autoescape is True


def test_a_file_that_pages_need_is_named_by_its_content() -> None:
    assets = read_assets()
    assert {"rooms.css", "plate.js", "htmx-2.0.11.js", "seal.svg"} == assets.keys()
    for name, asset in assets.items():
        stem, _, suffix = name.rpartition(".")
        assert re.fullmatch(rf"/static/{re.escape(stem)}\.[0-9a-f]{{12}}\.{suffix}", asset.path)
        assert asset.body == (FOLDER / name).read_bytes()


def test_no_file_of_ours_asks_for_anything_outside() -> None:
    for name in ("rooms.css", "plate.js", "seal.svg"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text), name
