"""The API: each operation is a value, of which the routes and the OpenAPI document are made."""

from readingroom import feeds
from readingroom.api import articles, captures, citations, papers, search
from readingroom.api.operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *papers.OPERATIONS,
    *articles.OPERATIONS,
    *citations.OPERATIONS,
    *search.OPERATIONS,
    *captures.OPERATIONS,
    *feeds.OPERATIONS,
)
"""All of them, the feeds too."""
