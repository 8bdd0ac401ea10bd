"""What goes wrong, told to whom it happens: a page for a browser, a problem for a program."""

from typing import Final

from starlette.requests import Request

from readingroom.answer import Answer
from readingroom.problem import Problem, problem_answer
from readingroom.rooms.assets import PREFIX
from readingroom.rooms.leaf import Leaf
from readingroom.rooms.setting import Typesetter
from readingroom.rooms.visiting import page_answer, visit_of

FOR_PROGRAMS: Final = ("/api", "/feeds", PREFIX)
"""Where these paths begin an address, trouble is told as a problem, even to a browser."""


class Teller:
    """Tells trouble; the shield and the application hand it all that they refuse."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter

    def __call__(self, request: Request, problem: Problem) -> Answer:
        """The page, or the JSON of RFC 9457; neither is ever kept by a cache."""
        plain = problem_answer(problem)
        if not _reads_pages(request):
            return plain
        leaf = Leaf(
            template="trouble.html",
            view=problem,
            title=problem.status.phrase,
            status=problem.status,
        )
        return page_answer(self._typesetter, leaf, visit_of(request), plain.headers)


def _reads_pages(request: Request) -> bool:
    path = request.scope["path"]
    is_for_programs = any(path == one or path.startswith(f"{one}/") for one in FOR_PROGRAMS)
    return not is_for_programs and "text/html" in request.headers.get("accept", "")
