"""What is put on a screen."""

import io

import pytest

from cli.progress import page_bar, span
from cli.terminal import printed, side_screen


def test_standard_error_has_one_console_as_long_as_it_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stderr", first)
    console = side_screen()
    assert side_screen() is console
    monkeypatch.setattr("sys.stderr", second)
    side_screen().print("da")
    assert (first.getvalue(), second.getvalue()) == ("", "da\n")


def test_what_would_steer_a_terminal_is_shown_as_a_sign() -> None:
    assert printed("\x1b[2J标题\u202e").plain == "\ufffd[2J标题\ufffd"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0 s"), (99, "99 s"), (100, "2 min"), (5940, "99 min"), (6000, "1 h 40 min"),
     (47 * 3600, "47 h 0 min"), (3650 * 24, "24 h 20 min"), (200_000, "2 d 7 h")],
)  # fmt: skip
def test_a_length_of_time_is_told_as_people_say_it(seconds: float, told: str) -> None:
    assert span(seconds) == told


def test_without_a_terminal_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with page_bar(3, 1.0, hidden=False):
        pass
    assert capsys.readouterr() == ("", "")
