"""Bytes to text: nothing raises, nothing of a text that was encoded is lost."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.clean.invisible import drop_invisible
from crawler.parse.decoding import decode

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd"))
CHINESE = st.text(
    st.sampled_from("重庆日报镕喆堃㐂𠮷，。“”　论丛") | st.characters(categories=["Lo"]), min_size=1
)
LABELS = [None, "text/html; charset=gb2312", "text/html; charset='GBK'", "text/html;charset=gb18030",
          "text/html; charset=utf-8", "text/html; charset=nosuch", "text/html"]  # fmt: skip


@given(TEXTS, st.sampled_from(LABELS))
@example("\ufeff", None)
def test_utf_8_comes_back_whatever_is_declared(text: str, content_type: str | None) -> None:
    decoded = decode(text.encode("utf-8"), content_type)
    assert decoded.text == drop_invisible(text)
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 0)


def is_other_text(body: bytes) -> bool:
    """True where bytes of GB18030 are by chance something that is tried before it."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return body.startswith(codecs.BOM_UTF8)
    return True


@given(CHINESE, st.sampled_from([label for label in LABELS if label != LABELS[4]]))
def test_gb18030_comes_back_also_where_gb2312_or_nothing_is_declared(
    text: str, content_type: str | None
) -> None:
    body = text.encode("gb18030")
    if is_other_text(body):
        return
    decoded = decode(body, content_type)
    assert (decoded.text, decoded.replaced) == (drop_invisible(text), 0)
    assert decoded.encoding == "gb18030"


@given(TEXTS, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf_16_with_a_byte_order_mark_comes_back(text: str, encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    decoded = decode(mark + text.encode(encoding), "text/html; charset=gb2312")
    assert (decoded.text, decoded.replaced) == (drop_invisible(text), 0)


@given(
    st.binary() | st.binary().map(lambda tail: b'<meta charset="gbk">' + tail),
    st.none() | st.text() | st.sampled_from(LABELS),
)
@example(b"\xff\xfe\x00", None)
@example(b"\xfe\xff\xd8\x00", None)
@example(b"\xff", "charset=hz-gb-2312")
@example(b"\xffa", "charset=utf-16be")
@example(b"\x80\xff\xff", None)
def test_nothing_raises_and_what_is_no_character_is_counted(
    body: bytes, content_type: str | None
) -> None:
    decoded = decode(body, content_type)
    assert decoded.replaced == decoded.text.count("\ufffd")


@pytest.mark.parametrize("label", ["gb2312", "GBK", "x-gbk", "gb_2312-80", "GB18030", "cp936"])
@pytest.mark.parametrize("page", ['<meta charset="{}">', '<?xml encoding="{}"?>',
                                  '<META http-equiv=Content-Type content="text/html; charset={}">'])  # fmt: skip
def test_a_page_that_declares_gb2312_keeps_the_characters_that_gb2312_lacks(
    label: str, page: str
) -> None:
    text = page.format(label) + "朱镕基与陶喆，㐂𠮷"
    decoded = decode(text.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (text, "gb18030")


@pytest.mark.parametrize(
    ("label", "codec", "encoding"),
    [
        ("big5", "big5hkscs", "big5hkscs"),
        ("hz-gb-2312", "hz", "utf-8"),
        ("utf-16be", "utf-16-be", "utf-16be"),
    ],
)
def test_a_declared_encoding_is_tried_before_gb18030(label: str, codec: str, encoding: str) -> None:
    text = "重慶日報的論叢，山城夜雨" if codec != "hz" else "plain"
    decoded = decode(text.encode(codec), f"text/html; charset={label}")
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_a_lone_0x80_is_the_euro_sign_as_browsers_read_it() -> None:
    body = "价".encode("gbk") + b"\x80" + "九十".encode("gbk")
    assert decode(body).text == "价€九十"
    torn = decode(body + b"\xff\xff")
    assert torn.text.startswith("价€九十")
    assert torn.replaced > 0


def test_of_several_encodings_that_fail_the_one_that_loses_least_is_taken() -> None:
    body = "山城夜雨".encode() + b"\xff" + "论丛".encode()
    decoded = decode(body)
    assert (decoded.text, decoded.encoding, decoded.replaced) == ("山城夜雨\ufffd论丛", "utf-8", 1)
    body = "山城夜雨落在石阶上".encode("gb18030") + b"\xff"
    decoded = decode(body, "text/html; charset=utf-8")
    assert (decoded.text, decoded.encoding) == ("山城夜雨落在石阶上\ufffd", "gb18030")


def test_a_byte_order_mark_is_no_character() -> None:
    assert decode(codecs.BOM_UTF8 + "雨".encode()).text == "雨"


@pytest.mark.parametrize("pump", [b"\x80", b"\xff", b"<meta ", b"charset=", b"\xb0", b"~{"])
def test_a_pump_of_50_kb_is_decoded(pump: bytes) -> None:
    body = b"\xff" + pump * (50_000 // len(pump))
    assert decode(body, "charset=" + pump.decode("latin-1") * 1000).text
