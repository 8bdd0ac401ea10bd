"""newspaper4k with its Chinese language support, no picture fetched."""

from importlib.metadata import version
from typing import Any

import jieba  # noqa: F401 - newspaper4k needs it for Chinese and says so only at the first page
import newspaper

VERSION = version("newspaper4k")


def prepare(question: dict[str, Any]) -> tuple[str, str]:
    """The page's text, its encoding found for this tool, and its address."""
    return question["html"], question["url"]


def read(page: tuple[str, str]) -> Any:
    """What is timed."""
    article = newspaper.Article(page[1], language="zh", fetch_images=False)
    article.download(input_html=page[0])
    article.parse()
    return article


def answer(article: Any) -> dict[str, Any]:
    """Headline and body."""
    return {"headline": article.title or "", "body": article.text or ""}
