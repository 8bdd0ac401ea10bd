"""trafilatura, as it comes and with tables switched off."""

from typing import Any

import trafilatura

VERSION = trafilatura.__version__


def prepare(question: dict[str, Any]) -> tuple[str, str]:
    """The page's text, its encoding found for this tool, and its address."""
    return question["html"], question["url"]


def read(page: tuple[str, str]) -> Any:
    """What is timed: text and metadata with the tool's own defaults."""
    return trafilatura.bare_extraction(page[0], url=page[1], with_metadata=True)


def read_without_tables(page: tuple[str, str]) -> Any:
    """What is timed: the setting that suits a page laid out in tables."""
    return trafilatura.bare_extraction(
        page[0], url=page[1], with_metadata=True, include_tables=False
    )


def answer(document: Any) -> dict[str, Any]:
    """Headline and body; nothing where the tool found nothing."""
    if document is None:
        return {"headline": "", "body": ""}
    return {"headline": document.title or "", "body": document.text or ""}
