"""Answers that are ready: given again for as long as nothing was committed since."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from readingroom.answer import Answer
from storage.catalogue.watch import Moment

MOST_BYTES: Final = 64 << 20
"""Of all bodies that are kept; an answer for which there is no room is made each time."""


class Copies:
    """Finished answers by what was asked; threads may share them.

    What is given is what would be made now: the moment is looked at first, and an answer that was
    kept at it was made after it. Nothing of an older moment is kept.
    """

    def __init__(self, now: Callable[[], Moment], *, most_bytes: int = MOST_BYTES) -> None:
        self._now = now
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._moment: Moment | None = None
        self._kept: dict[Hashable, Answer] = {}
        self._size_bytes = 0

    def give(self, asked: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer, made by `make` unless it is kept. Raises what `make` and the look raise."""
        moment = self._now()
        with self._lock:
            if moment != self._moment:
                self._moment, self._size_bytes = moment, 0
                self._kept.clear()
            kept = self._kept.get(asked)
        if kept is not None:
            return kept
        answer = make()
        with self._lock:
            size_bytes = self._size_bytes + len(answer.body)
            is_new = moment == self._moment and asked not in self._kept
            if answer.status == 200 and is_new and size_bytes <= self._most_bytes:
                self._kept[asked] = answer
                self._size_bytes = size_bytes
        return answer
