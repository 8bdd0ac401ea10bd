"""The issue date that a page prints in its masthead."""

import re
from datetime import date

_DATE = r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_ANY = re.compile(_DATE)
_ISO = re.compile(r"(?<![\d/-])(\d{4})-(\d{2})-(\d{2})(?![\d/-])")
_PRINTED = re.compile(
    rf"(?<!今天是)(?<!今天是[ :：])(?<!今日)(?<!今日[ :：]){_DATE}\s*(?:星\s*期|周[一二三四五六日天])"
)


def printed_dates(text: str) -> tuple[date, ...]:
    """The dates that a page prints with a day of the week: its masthead's, in order.

    A date in a story stands without "星期" as a rule; today's date ("今天是…") and impossible
    dates are left out.
    """
    return _dates(_PRINTED, text)


def masthead_dates(text: str) -> tuple[date, ...]:
    """The dates in the text around a page's articles, in order, in Chinese or ISO form.

    Those with a day of the week alone where there are any: then the others are not the issue's.
    """
    return printed_dates(text) or _dates(_ANY, text) or _dates(_ISO, text)


def shows_date(text: str, issue_date: date) -> bool:
    """True when the text prints that date anywhere, day of the week or not."""
    return issue_date in _dates(_ANY, text) or issue_date in _dates(_ISO, text)


def _dates(pattern: re.Pattern[str], text: str) -> tuple[date, ...]:
    found = []
    for match in pattern.finditer(text):
        try:
            found.append(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            continue
    return tuple(found)
