"""The named scenarios, and where in them to find what."""

from collections.abc import Mapping
from datetime import date
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
)

FAULT_DATES: Final[Mapping[str, date]] = {
    label: date(2025, 10, day) for day, (label, _) in enumerate(_FAULTS, start=1)
}
"""The one date of each fault in the scenario "faults"; 2025-10-31 is healthy."""

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
