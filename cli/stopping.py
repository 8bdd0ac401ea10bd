"""Stopping on SIGTERM and Ctrl-C: what is in hand is finished, but never for longer than allowed.

asked once    the page in hand is finished: SIGTERM allows 8 s, Ctrl-C a minute
asked twice   it is left at once
time is up    `Stopped` is raised wherever the run is, in a blocked read too
still there   one second later the process ends as if it were killed (a name lookup cannot be
              interrupted); an archive survives that at any moment
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from select import select
from types import FrameType
from typing import Final

import click

from cli.doorway import EXIT_INTERRUPTED
from press.clock import Stopped

ALLOWED_S: Final[Mapping[int, float]] = {signal.SIGTERM: 8.0, signal.SIGINT: 60.0}
"""The signals that ask for an end, and the seconds that each leaves for what is in hand."""

_SAME_GESTURE_S: Final = 0.5
"""`timeout` and some shells send a signal twice, to the process and to its group: asked once."""

_LAST_S: Final = 1.0


class Stop:
    """Whether this run was asked to end, and until when it may go on."""

    def __init__(self, allowed_s: Mapping[int, float] = ALLOWED_S) -> None:
        self.requested = False
        self.deadline: float | None = None
        """In the seconds of time.monotonic; None while nobody asked."""
        self._allowed_s = allowed_s
        self._asked_s = 0.0

    def hear(self, signal_no: int, at_s: float) -> None:
        """Takes note of a signal that came at `at_s`; a second one moves the deadline to it."""
        if signal_no not in self._allowed_s:
            return
        if self.deadline is None:
            self._asked_s = at_s
            self.deadline = at_s + self._allowed_s[signal_no]
        elif at_s - self._asked_s >= _SAME_GESTURE_S:
            self.deadline = min(self.deadline, at_s)
        self.requested = True

    def check(self, until_s: float) -> None:
        """Raises Stopped when what would end at `until_s` would end after the deadline."""
        if self.deadline is not None and until_s > self.deadline:
            raise Stopped

    def before_next(self) -> bool:
        """False; raises Stopped when the run was asked to end.

        For whoever has the next piece of work in hand: a run that had none left came to its end.
        """
        if self.requested:
            raise Stopped
        return False


@contextmanager
def stopping(
    allowed_s: Mapping[int, float] = ALLOWED_S, give_up: Callable[[int], None] = os._exit
) -> Iterator[Stop]:
    """While this lasts the signals ask politely, as the module says; for the main thread.

    `give_up` ends a process that cannot be ended otherwise, with an exit code. A signal that this
    process was started to ignore stays ignored. The handlers from before come back at the end.
    """
    stop, is_over = Stop(allowed_s), threading.Event()
    heard, told = os.pipe()
    os.set_blocking(told, False)
    told_before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    listener = threading.Thread(
        target=_listen, args=(heard, stop, is_over, give_up), name="stopping", daemon=True
    )
    listener.start()
    before = {number: signal.getsignal(number) for number in (*allowed_s, signal.SIGALRM)}
    signal.signal(signal.SIGALRM, _raise_stopped)
    for number in allowed_s:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, _leave_to_listener)
    try:
        yield stop
    finally:
        is_over.set()
        signal.set_wakeup_fd(told_before)
        os.close(told)
        listener.join()  # first: after this nobody sends SIGALRM
        os.close(heard)
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen(
    heard: int, stop: Stop, is_over: threading.Event, give_up: Callable[[int], None]
) -> None:
    """Hears each signal even while the main thread is where Python cannot interrupt it."""
    while (left_s := _left_s(stop)) is None or left_s > 0:
        if not select([heard], [], [], left_s)[0]:
            continue
        numbers = os.read(heard, 64)
        if not numbers:
            return
        for number in numbers:
            if number == signal.SIGINT and not stop.requested:
                click.echo("baoku: ending after this page; Ctrl-C again ends at once", err=True)
            stop.hear(number, time.monotonic())
    main_thread = threading.main_thread().ident
    if main_thread is not None and not is_over.is_set():
        signal.pthread_kill(main_thread, signal.SIGALRM)
    if not is_over.wait(_LAST_S):
        click.echo("baoku: stopped where it stood; the next run takes up the rest", err=True)
        give_up(EXIT_INTERRUPTED)


def _left_s(stop: Stop) -> float | None:
    return None if stop.deadline is None else stop.deadline - time.monotonic()


def _leave_to_listener(number: int, frame: FrameType | None) -> None:
    """The byte in the listener's pipe says it all."""


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped
