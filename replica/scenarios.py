"""The named scenarios, and where in them to find what."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from replica.scenario import Fault, Scenario

_FAULTS: Final[tuple[tuple[str, Fault], ...]] = (
    ("no_issue", Fault("no_issue")),
    ("late_issue", Fault("page_404", reads=2)),
    ("page_absent", Fault("page_absent")),
    ("page_404", Fault("page_404")),
    ("soft_404", Fault("soft_404")),
    ("soft_404_jump", Fault("soft_404_jump")),
    ("soft_404_article", Fault("soft_404_article")),
    ("challenge", Fault("challenge")),
    ("challenge_403", Fault("challenge_403")),
    ("captcha", Fault("captcha")),
    ("captcha_403", Fault("captcha_403")),
    ("login", Fault("login")),
    ("changed_layout", Fault("changed_layout")),
    ("other_issue", Fault("other_issue")),
    ("home_page", Fault("home_page")),
    ("too_many_requests", Fault("too_many_requests", reads=1)),
    ("busy", Fault("busy")),
    ("recovering", Fault("busy", reads=2)),
    ("error", Fault("error")),
    ("error_once", Fault("error", reads=1)),
    ("slow", Fault("slow")),
    ("truncated", Fault("truncated")),
    ("truncated_once", Fault("truncated", reads=1)),
    ("truncated_gzip", Fault("truncated_gzip")),
    ("wrong_charset", Fault("wrong_charset")),
    ("empty_body", Fault("empty_body")),
    ("redirected", Fault("redirected")),
    ("robots_forbid", Fault("robots_forbid")),
    ("changing_article", Fault("changing_article")),
    ("withdrawn_article", Fault("withdrawn_article")),
    ("issue_withdrawn", Fault("issue_withdrawn")),
    ("page_withdrawn", Fault("page_withdrawn")),
    ("page_added", Fault("page_added")),
    ("article_added", Fault("article_added")),
    ("moved_article", Fault("moved_article")),
    ("headline_changed", Fault("headline_changed")),
    ("list_shrinks", Fault("list_shrinks")),
)

_FIRST_DATE: Final = date(2025, 10, 1)
_HEALTHY_DATE: Final = date(2025, 10, 31)

FAULT_DATES: Final[Mapping[str, date]] = {
    label: day
    for (label, _), day in zip(
        _FAULTS,
        filter(_HEALTHY_DATE.__ne__, (_FIRST_DATE + timedelta(days=n) for n in range(366))),
        strict=False,
    )
}
"""The one date of each fault in the scenario "faults": 2025-10-01 and on; 2025-10-31 is healthy."""

MONTH_DATES: Final[Mapping[str, tuple[date, ...]]] = {
    "no_issue": (date(2025, 11, 6),),
    "page_absent": (date(2025, 11, 11),),
    "late_issue": (date(2025, 11, 14),),
    "recovering": (date(2025, 11, 18), date(2025, 11, 19)),
    "challenge": (date(2025, 11, 22),),
    "changing_article": (date(2025, 11, 26),),
}
"""What befalls which dates of the scenario "month", November 2025; the others are healthy."""

SCENARIOS: Final[Mapping[str, Scenario]] = {
    scenario.name: scenario
    for scenario in (
        Scenario(name="demo"),
        Scenario(name="robots-allow", robots="allow"),
        Scenario(name="robots-delay", robots="delay"),
        Scenario(name="robots-forbid", robots="forbid"),
        Scenario(name="validators-absent", validators="absent"),
        Scenario(
            name="validators-lying",
            validators="lying",
            faults={date(2026, 1, 12): Fault("changing_article")},
        ),
        Scenario(name="faults", faults={FAULT_DATES[label]: fault for label, fault in _FAULTS}),
        Scenario(
            name="month",
            faults={
                day: dict(_FAULTS)[label] for label, days in MONTH_DATES.items() for day in days
            },
            latest=date(2025, 11, 30),
        ),
    )
}
"""Every scenario by name."""
