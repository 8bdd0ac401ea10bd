"""Work for all cores: the same pieces in the same order, done by several processes.

Reading pages keeps a core busy, and Python's threads share one. Each process begins with what the
work needs, and ends with the process that started it, however that ends.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from threading import Thread
from typing import TypeVar

from press.errors import HomeUnusable

Piece = TypeVar("Piece")
Result = TypeVar("Result")
_AHEAD = 2
"""Pieces given out per process beyond what is waited for: memory stays bounded."""


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[Piece], Result],
    pieces: Iterable[Piece],
    *,
    jobs: int,
    begin: Callable[..., None],
    given: tuple[object, ...],
) -> Iterator[Result]:
    """The result of each piece, in order. `begin(*given)` is called first in each process.

    `work`, `begin`, `given`, pieces and results must be such as can be sent to another process.
    Raises what `work` raises, and HomeUnusable where a process was killed.
    """
    context = multiprocessing.get_context("spawn")  # a fork would share connections and locks
    left = iter(pieces)
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_set_up, initargs=(begin, given)
    ) as pool:
        try:
            coming: deque[Future[Result]] = deque(
                pool.submit(work, piece) for piece in islice(left, jobs * _AHEAD)
            )
            while coming:
                result = coming.popleft().result()
                coming.extend(pool.submit(work, piece) for piece in islice(left, 1))
                yield result
        except BrokenProcessPool as error:
            raise HomeUnusable(
                "one of the processes was killed, maybe for want of memory: run it again with "
                "fewer (--jobs)"
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _set_up(begin: Callable[..., None], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    Thread(target=_end_with_parent, daemon=True).start()
    begin(*given)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
