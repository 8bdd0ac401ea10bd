"""A database server that crashes again and again while issues are archived: is anything lost?

    PYTHONPATH=. python bench/restarts.py [CRASHES] [SEED]

Archives page 7 of twenty days from the stand-in site into a PostgreSQL of its own, which is ended
at once (`pg_ctl -m immediate`) and started anew at statements chosen by chance. Prints how many
runs were lost, and whether the canonical export is that of an undisturbed SQLite archive.
"""

import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.pipeline.disturbances import archived_despite, crashes, undisturbed
from tests.storage.postgresql import passing_server

DAYS = [date(2025, 12, 20) + timedelta(days=n) for n in range(20)]
APART = 150
"""Statements between two crashes, at most; a page takes about a hundred."""


def main(number: int, seed: int) -> int:
    """0 when everything was archived, once, and the same; 1 when not."""
    with TemporaryDirectory() as one, TemporaryDirectory() as other, passing_server() as server:
        expected = undisturbed(Path(one), DAYS)
        disturb = crashes(server, Random(seed), number=number, apart=APART)  # noqa: S311
        begun_s = time.monotonic()
        lines, lost = archived_despite(Path(other), server.url, DAYS, disturb)
    is_same = lines == expected and len(set(lines)) == len(lines)
    print(
        f"{number} crashes, {lost} runs lost, {len(DAYS)} pages archived, {len(lines)} articles, "
        f"{time.monotonic() - begun_s:.0f} s: {'the same' if is_same else 'ANOTHER ARCHIVE'}"
    )
    return 0 if is_same else 1


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [20, 1][len(given) :])))
