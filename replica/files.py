"""Small valid images and documents in place of facsimiles, pictures and PDFs."""

import struct
from typing import Final

_ALL_ONES: Final = bytes([1]) * 64


def jpeg(width_px: int, height_px: int, comment: str) -> bytes:
    """A grey baseline JPEG of that size; the comment makes its bytes its own."""
    cells = -(-width_px // 8) * -(-height_px // 8)
    bits = cells * 2  # each cell: "no difference", "no detail", one zero bit each
    padding = (1 << (-bits % 8)) - 1
    scan = bytearray((bits + 7) // 8)
    scan[-1] = padding
    frame = struct.pack(">BHHB", 8, height_px, width_px, 1) + b"\x01\x11\x00"
    one_code = b"\x01" + bytes(15) + b"\x00"
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xFE, comment.encode()),
            _segment(0xDB, b"\x00" + _ALL_ONES),
            _segment(0xC0, frame),
            _segment(0xC4, b"\x00" + one_code),
            _segment(0xC4, b"\x10" + one_code),
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            bytes(scan),
            b"\xff\xd9",
        )
    )


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def pdf(title: str) -> bytes:
    """A PDF of one empty page that bears the title (ASCII) in its information."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 350 500] >>",
        f"<< /Title ({title}) >>".encode("ascii"),
    )
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
