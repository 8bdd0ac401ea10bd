import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.framing import announced_size, closes_html, without_interim

CHUNKED = (("Transfer-Encoding", "chunked"),)


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=8), st.binary(max_size=40))
def test_a_chunked_answer_ends_after_its_last_chunk(chunks: list[bytes], extra: bytes) -> None:
    body = b"".join(b"%x;note=1\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    whole = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body + b"0\r\n\r\n"
    assert announced_size(whole + extra, 200, CHUNKED) == len(whole)


def test_trailers_belong_to_a_chunked_answer() -> None:
    whole = b"HTTP/1.1 200 OK\r\n\r\n1\r\na\r\n0\r\nDigest: x\r\n\r\n"
    assert announced_size(whole + b"more", 200, CHUNKED) == len(whole)


def test_a_length_counts_from_the_empty_line() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
    assert announced_size(head + b"abcdef", 200, (("content-length", "3"),)) == len(head) + 3


def test_an_answer_without_length_or_chunks_announces_no_end() -> None:
    assert announced_size(b"HTTP/1.0 200 OK\r\n\r\nabc", 200, ()) is None


@pytest.mark.parametrize("status", [204, 304])
def test_some_statuses_have_no_body(status: int) -> None:
    head = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n"
    assert announced_size(head, status, (("Content-Length", "3"),)) == len(head)


def test_interim_answers_are_no_part_of_the_answer() -> None:
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    final = b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
    assert without_interim(hint * 3 + final) == final


@pytest.mark.parametrize(
    ("body", "closes"),
    [
        (b"<html></html>", True),
        (b"<HTML></HTML >\r\n\t ", True),
        (b"</html> <!-- made > by --> \n<!---->", True),
        (b"<html><p>cut", False),
        (b"", False),
        (b"</html><p>more", False),
        (b"</html><!-- cut", False),
        (b"</html", False),
        (b"</html></html>", True),
    ],
)
def test_a_page_is_closed_by_its_tag_and_nothing_after_it(body: bytes, closes: bool) -> None:
    assert closes_html(body) is closes


@pytest.mark.parametrize("unit", [b"<!--", b"</html>", b"</html><!--", b" ", b"</html><!---->"])
def test_no_page_makes_the_check_slow(unit: bytes) -> None:
    began = time.process_time()
    closes_html(b"</html>" + unit * 200_000 + b"x")
    assert time.process_time() - began < 0.5
