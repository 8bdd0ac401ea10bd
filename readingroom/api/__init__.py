"""The API: each operation is a value, of which the routes and the OpenAPI document are made."""

from readingroom.api import articles, captures, papers
from readingroom.api.operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *papers.OPERATIONS,
    *articles.OPERATIONS,
    *captures.OPERATIONS,
)
