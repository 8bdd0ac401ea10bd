"""Leaves set as HTML. Everything that a newspaper or a reader wrote is escaped, whatever it is."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from press.keys import PageKey
from press.model import PageNo
from press.record import time_json
from readingroom.rooms import addresses
from readingroom.rooms.assets import Asset
from readingroom.rooms.language import TAGS, Language, other
from readingroom.rooms.leaf import Leaf, Visit
from readingroom.rooms.sentences import told
from readingroom.rooms.words import MONTHS, WEEKDAYS, say, word

TEMPLATES: Final = Path(__file__).parents[1] / "templates"


class Typesetter:
    """Sets leaves with the templates; threads may share it."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,  # for every template: none is plain text
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self._environment.globals.update(
            asset=lambda name: assets[name].path,
            article_path=addresses.article_path,
            issue_path=addresses.issue_path,
            page_path=addresses.page_path,
            paper_path=addresses.paper_path,
            year_path=addresses.year_path,
            page_key=PageKey,
        )

    def set(self, leaf: Leaf, visit: Visit) -> bytes:
        """The leaf as an HTML document in UTF-8, in the visitor's language."""
        language = visit.language
        values = {
            "view": leaf.view,
            "title": leaf.title,
            "lang": language,
            "tag": TAGS[language],
            "query": visit.query,
            "other_language": other(language),
            "other_path": addresses.with_query(
                visit.path, {**visit.query, "lang": other(language)}
            ),
            "link": linking(visit),
            "t": partial(say, language),
            "word": partial(word, language),
            "told": partial(told, language),
            "day_text": partial(day_text, language),
            "month_text": partial(month_text, language),
            "weekdays": WEEKDAYS[language],
            "page_text": partial(page_text, language),
            "time_text": time_text,
            "time_json": time_json,
        }
        return self._environment.get_template(leaf.template).render(values).encode()


def linking(visit: Visit) -> Callable[[str], str]:
    """How this visit's links are made: they keep the language that its address asked for."""
    asked = visit.query.get("lang")

    def link(path: str) -> str:
        if asked is None:
            return path
        return f"{path}{'&' if '?' in path else '?'}{urlencode({'lang': asked})}"

    return link


def day_text(language: Language, day: date) -> str:
    """2026年1月12日 星期一, or Monday 12 January 2026."""
    weekday, month = WEEKDAYS[language][day.weekday()][1], MONTHS[language][day.month - 1]
    if language == "zh":
        return f"{day.year}年{month}{day.day}日 {weekday}"
    return f"{weekday} {day.day} {month} {day.year}"


def month_text(language: Language, year: int, number: int) -> str:
    """2026年1月, or January 2026."""
    month = MONTHS[language][number - 1]
    return f"{year}年{month}" if language == "zh" else f"{month} {year}"


def page_text(language: Language, page_no: PageNo) -> str:
    """第7版, or page 7."""
    return f"第{page_no}版" if language == "zh" else f"page {page_no}"


def time_text(moment: datetime) -> str:
    """2026-01-12 22:00 UTC"""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
