"""The OpenAPI document, made of the operations: what is written there is what is served."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from press.record import Json
from readingroom import problem
from readingroom.api.operation import Operation, Parameter, Schema
from readingroom.api.schemas import SCHEMAS, ref

ALWAYS = (400, 403, 413, 414, 429, 431, 503)
"""What the doorkeeper and the library may answer anywhere."""


def openapi(operations: Iterable[Operation], version: str) -> dict[str, Json]:
    """The document, OpenAPI 3.1; `version` is the program's."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Baoku",
            "version": version,
            "description": "Reads an archive of newspapers. Records are those of docs/record.md.",
        },
        "paths": {one.path: {"get": _operation(one)} for one in operations},
        "components": {
            "schemas": {**SCHEMAS},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "password": {"type": "http", "scheme": "basic"},
            },
        },
        "security": [{}, {"token": []}, {"password": []}],
    }


def _operation(one: Operation) -> Schema:
    statuses = sorted({*ALWAYS, 401, *one.statuses})
    content: Schema
    if isinstance(one.gives, str):
        content = {"application/json": {"schema": ref(one.gives)}}
    else:
        content = {media_type.partition(";")[0]: {} for media_type in one.gives}
    return {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [_parameter(each) for each in one.parameters],
        "responses": {
            "200": {"description": "What was asked for.", "content": content},
            "304": {"description": "What the reader has still holds."},
            **{str(status): _problem(status) for status in statuses},
        },
    }


def _parameter(one: Parameter[Any]) -> Json:
    return {
        "name": one.name,
        "in": one.place,
        "description": one.meaning,
        "required": one.is_required,
        "schema": one.schema,
    }


def _problem(status: int) -> Schema:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {problem.MEDIA_TYPE: {"schema": ref("Problem")}},
    }
