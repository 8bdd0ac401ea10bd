"""The issue date that a page prints in its masthead."""

import re
from datetime import date

_PRINTED = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:星\s*期|周[一二三四五六日天])"
)


def printed_dates(text: str) -> tuple[date, ...]:
    """The dates that a page prints with a day of the week: its masthead's, in order.

    A date in a story stands without "星期" as a rule; impossible dates are left out.
    """
    found = []
    for match in _PRINTED.finditer(text):
        try:
            found.append(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            continue
    return tuple(found)
