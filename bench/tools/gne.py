"""GNE (GeneralNewsExtractor), as it comes and told where headline and body stand."""

from importlib.metadata import version
from typing import Any

from gne import GeneralNewsExtractor

VERSION = version("gne")
EXTRACTOR = GeneralNewsExtractor()
TITLE = (
    '(//td[@class="font01"] | //td[@class="bt1"] | '
    '//td/strong[contains(@style, "font-size:23px")])[1]//text()'
)


def prepare(question: dict[str, Any]) -> str:
    """The page's text: which encoding it is in was found for this tool."""
    return str(question["html"])


def read(page: str) -> dict[str, Any]:
    """What is timed."""
    found: dict[str, Any] = EXTRACTOR.extract(page)
    return found


def read_with_hints(page: str) -> dict[str, Any]:
    """What is timed: XPaths for this one site do most of the work."""
    found: dict[str, Any] = EXTRACTOR.extract(
        page, title_xpath=TITLE, body_xpath='//*[@id="ozoom"]'
    )
    return found


def answer(found: dict[str, Any]) -> dict[str, Any]:
    """Headline and body."""
    return {"headline": found.get("title") or "", "body": found.get("content") or ""}
