"""One newspaper, one TOML file: the folder is scanned, nothing is registered by hand."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from crawler.platforms import LAYOUTS
from press.errors import SettingError, UsageError
from press.keys import RESERVED_SLUGS, page_no_of
from press.paper import Era, Paper

_PAPER_KEYS = {
    "slug", "name", "home_url", "first_issue", "weekdays", "published_at", "default_page", "eras",
    "public_days", "notes",
}  # fmt: skip
_ERA_KEYS = {
    "name", "since", "until", "evidence", "platform", "front_url", "page_url", "article_url",
}  # fmt: skip
_FIELDS = {"yyyy": "2026", "mm": "01", "dd": "12", "page": 7, "native_id": "1"}


def known_papers(extra_folder: Path | None = None) -> Mapping[str, Paper]:
    """All papers by slug: those that come with Baoku, then those of the user's own folder.

    Raises SettingError for a file that is no paper, and for two files with one slug.
    """
    files: list[Traversable] = [
        file
        for file in sorted(resources.files("crawler.papers").iterdir(), key=lambda f: f.name)
        if file.name.endswith(".toml")
    ]
    if extra_folder is not None:
        if not extra_folder.is_dir():
            raise SettingError(f"the folder of papers {extra_folder} does not exist: create it")
        files += sorted(extra_folder.glob("*.toml"))
    papers: dict[str, Paper] = {}
    for file in files:
        paper = read_paper(file.read_bytes(), file.name)
        if paper.slug in papers:
            raise SettingError(f'two files describe the paper "{paper.slug}": remove {file.name}')
        papers[paper.slug] = paper
    return papers


def find_paper(slug: str, extra_folder: Path | None = None) -> Paper:
    """The paper of that slug; UsageError names the known ones."""
    papers = known_papers(extra_folder)
    if slug not in papers:
        raise UsageError(
            f'there is no paper "{slug}": known are {", ".join(papers)}; to add one, put its TOML '
            "file into the folder of papers (setting papers)"
        )
    return papers[slug]


def read_paper(content: bytes, file_name: str) -> Paper:
    """The paper that a TOML file describes; SettingError says what is wrong with the file."""
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{file_name} is no readable TOML: {error}") from error
    _refuse_unknown(table, _PAPER_KEYS, file_name)
    try:
        eras = tuple(_era(era, file_name) for era in _tables(table["eras"]))
        return Paper(
            slug=_slug(table),
            name=_text(table, "name"),
            home_url=_text(table, "home_url"),
            first_issue=_day(table["first_issue"]),
            weekdays=_weekdays(table["weekdays"]),
            published_at=_hour(table["published_at"]),
            default_page=page_no_of(str(table["default_page"])),
            eras=eras,
            public_days=_public_days(table.get("public_days")),
            notes=str(table.get("notes", "")).strip(),
        )
    except KeyError as error:
        raise SettingError(f"{file_name} lacks the key {error}") from error
    except (TypeError, ValueError, UsageError) as error:
        raise SettingError(f"{file_name} has a value of the wrong kind: {error}") from error


def _era(table: dict[str, object], file_name: str) -> Era:
    _refuse_unknown(table, _ERA_KEYS, file_name)
    platform = _text(table, "platform")
    if platform not in LAYOUTS:
        raise SettingError(
            f'{file_name} names the platform "{platform}": known are {", ".join(LAYOUTS)}'
        )
    since = _day(table["since"])
    until = _day(table["until"]) if "until" in table else None
    if until is not None and until < since:
        raise ValueError(f"the era {table['name']} ends before it begins")
    return Era(
        name=_text(table, "name"),
        since=since,
        until=until,
        evidence=_span(table.get("evidence", [since, until or since])),
        platform=platform,
        front_url=_pattern(table, "front_url"),
        page_url=_pattern(table, "page_url") if "page_url" in table else None,
        article_url=_pattern(table, "article_url"),
    )


def _pattern(table: Mapping[str, object], key: str) -> str:
    """A URL pattern with no field but the known ones."""
    pattern = _text(table, key)
    known = {n: v for n, v in _FIELDS.items() if key != "front_url" or n in ("yyyy", "mm", "dd")}
    try:
        pattern.format(**known)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(f"{key} cannot be filled in: {error}") from error
    return pattern


def _tables(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or not value or not all(isinstance(t, dict) for t in value):
        raise TypeError("eras must be one or more [[eras]] tables")
    return value


def _weekdays(value: object) -> frozenset[int]:
    if not isinstance(value, list) or not value or not set(value) <= set(range(7)):
        raise ValueError("weekdays must be a list of numbers from 0 (Monday) to 6")
    return frozenset(value)


def _public_days(value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise ValueError("public_days must be a number of days, 1 or more")
    return value


def _span(value: object) -> tuple[date, date]:
    if not isinstance(value, list) or len(value) != 2:
        raise TypeError("evidence must be two dates, the first and the last")
    return _day(value[0]), _day(value[1])


def _slug(table: Mapping[str, object]) -> str:
    slug = _text(table, "slug")
    if not (slug.isascii() and slug.isalnum() and slug.islower() and slug[0].isalpha()):
        raise ValueError("slug must be small letters and digits, like cqrb")
    if slug in RESERVED_SLUGS:
        raise ValueError(f'slug "{slug}" is an address of the reading room: choose another')
    return slug


def _refuse_unknown(table: Mapping[str, object], known: set[str], file_name: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise SettingError(
            f'{file_name} has the unknown key "{unknown[0]}": known are {", ".join(sorted(known))}'
        )


def _text(table: Mapping[str, object], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} must be a text")
    return value


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{value!r} is no date")
    return value


def _hour(value: object) -> time:
    if not isinstance(value, time):
        raise TypeError(f"{value!r} is no time of day")
    return value
