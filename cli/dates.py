"""Dates as people type them."""

import re
from datetime import date, timedelta

from press.errors import UsageError

_FORMS = re.compile(r"(\d{4})([-/]?)(\d{1,2})\2(\d{1,2})")


def read_date(text: str, today: date) -> date:
    """The date in 2026-01-12, 20260112, 2026/1/12, "today" or "yesterday".

    `today` is Beijing's. Raises UsageError for anything else, and for a day that is in no
    calendar.
    """
    word = text.strip().lower()
    if word in {"today", "yesterday"}:
        return today - timedelta(days=word == "yesterday")
    found = _FORMS.fullmatch(word)
    if found is None or (not found[2] and len(word) != 8):
        raise UsageError(f'"{text}" is no date: give one like 2026-01-12, today or yesterday')
    try:
        return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        raise UsageError(f'"{text}" is in no calendar: check the month and the day') from None
