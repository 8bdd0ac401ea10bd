"""Images and documents that are what they claim to be."""

import re

from replica.files import jpeg, pdf


def test_a_jpeg_begins_ends_and_tells_its_size() -> None:
    image = jpeg(350, 500, "x")
    assert image.startswith(b"\xff\xd8")
    assert image.endswith(b"\xff\xd9")
    frame = image.index(b"\xff\xc0")
    assert int.from_bytes(image[frame + 5 : frame + 7], "big") == 500
    assert int.from_bytes(image[frame + 7 : frame + 9], "big") == 350


def test_two_images_differ_by_their_comment() -> None:
    assert jpeg(8, 8, "a") != jpeg(8, 8, "b")


def test_a_pdfs_table_points_at_its_objects() -> None:
    document = pdf("a.pdf")
    start = int(re.findall(rb"startxref\n(\d+)", document)[0])
    assert document[start:].startswith(b"xref\n")
    for number, offset in enumerate(re.findall(rb"(\d{10}) 00000 n", document), start=1):
        assert document[int(offset) :].startswith(b"%d 0 obj" % number)
