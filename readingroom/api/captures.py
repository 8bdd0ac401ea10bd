"""The raw answers, to be saved and looked at, never shown by a browser."""

from press.capture import Capture
from press.errors import NotInArchive
from readingroom.answer import Answer
from readingroom.api import parameters as p
from readingroom.api.operation import Asked, Operation
from readingroom.library import Library
from storage.catalogue import Reader

BYTES = "application/octet-stream"


def give_capture(library: Library, reader: Reader, asked: Asked) -> Answer:
    """The body of a kept answer, its content coding removed, as its sha256 names it."""
    file, offset = asked.need(p.FILE), asked.need(p.OFFSET)
    capture = reader.capture_at(file, offset)
    if capture is None:
        raise NotInArchive(f"no record begins at {offset} of {file}: see an article's capture")
    body = library.shelf.read(_whole(reader, capture).place).body
    return Answer(
        body=body or b"",
        media_type=BYTES,
        last_modified_at=capture.captured_at,
        tag=capture.place.sha256,
        headers={
            "Content-Disposition": f'attachment; filename="{capture.place.sha256[:16]}.bin"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _whole(reader: Reader, capture: Capture) -> Capture:
    """The capture that holds the body: an older one where this says "as before"."""
    if capture.kind != "revisit":
        return capture
    return reader.capture_of_body(capture.place.sha256) or capture


OPERATIONS = (
    Operation(
        path="/api/v1/captures/{file}/{offset}",
        name="give_capture",
        summary="The body of a kept answer, as a file to be saved.",
        gives=(BYTES,),
        answer=give_capture,
        parameters=(p.FILE, p.OFFSET),
        statuses=(404,),
    ),
)
