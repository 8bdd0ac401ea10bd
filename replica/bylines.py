"""Invented bylines and opening datelines, with who did what."""

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from press.model import Contributor, Role
from replica.prose import Prose


class Credit(NamedTuple):
    """A printed line and the people in it."""

    text: str
    contributors: tuple[Contributor, ...]


def _people(role: Role, *names: str) -> tuple[Contributor, ...]:
    return tuple(Contributor(name=name, role=role) for name in names)


def author(prose: Prose) -> Credit:
    """One author."""
    name = prose.person()
    return Credit(name, _people("author", name))


def padded(prose: Prose) -> Credit:
    """One author of two characters, set apart by an ideographic space."""
    name = prose.person()[:2]
    return Credit("　".join(name), _people("author", name))


def authors(prose: Prose) -> Credit:
    """Two authors."""
    names = prose.people(2)
    return Credit(" ".join(names), _people("author", *names))


def reporters(prose: Prose) -> Credit:
    """Two reporters and a correspondent behind a square."""
    first, second, third = prose.people(3)
    return Credit(
        f"□ 本报记者 {first} {second} 通讯员 {third}",
        _people("reporter", first, second) + _people("correspondent", third),
    )


def reporter(prose: Prose) -> Credit:
    """One reporter."""
    name = prose.person()
    return Credit(f"■ 本报记者 {name}", _people("reporter", name))


def intern(prose: Prose) -> Credit:
    """A reporter and an intern."""
    first, second = prose.people(2)
    return Credit(
        f"本报记者 {first} 实习生 {second}",
        _people("reporter", first) + _people("intern", second),
    )


def commentator(_prose: Prose) -> Credit:
    """The paper's own voice."""
    return Credit("本报评论员", _people("commentator", "本报评论员"))


def photographer(prose: Prose) -> Credit:
    """A reporter who took the pictures too."""
    name = prose.person()
    return Credit(f"记者 {name} 摄影报道", _people("reporter", name))


def editor(prose: Prose) -> Credit:
    """Who put readers' letters together."""
    name = prose.person()
    return Credit(f"本报编辑 {name}", _people("editor", name))


SIGNED: Final[tuple[Callable[[Prose], Credit], ...]] = (author, padded, authors)
REPORTED: Final[tuple[Callable[[Prose], Credit], ...]] = (reporters, reporter, intern)


class Opening(NamedTuple):
    """The opening of a news item: the dateline, the words it stands in, and who is named."""

    dateline: str
    text: str
    contributors: tuple[Contributor, ...]


def local_opening(prose: Prose) -> Opening:
    """本报讯, with or without people in parentheses."""
    first, second = prose.people(2)
    reported = _people("reporter", first)
    forms = (
        ("本报讯", ()),
        (f"本报讯（记者 {first}）", reported),
        (f"本报讯 （记者 {first}）", reported),
        (
            f"本报讯（记者 {first} 通讯员 {second}）",
            reported + _people("correspondent", second),
        ),
        (f"本报讯（首席记者 {first} 实习生 {second}）", reported + _people("intern", second)),
    )
    text, people = prose.rng.choice(forms)
    return Opening("本报讯", text if people else text + "　", people)


def wire_opening(prose: Prose, issue_date: date) -> Opening:
    """An agency's dateline of the day before the issue."""
    day = date.fromordinal(issue_date.toordinal() - 1)
    dateline = f"新华社北京{day.month}月{day.day}日电"
    if prose.rng.random() < 0.5:
        return Opening(dateline, dateline + "　", ())
    names = prose.people(prose.rng.randint(1, 2))
    return Opening(dateline, f"{dateline}（记者{'、'.join(names)}）", _people("reporter", *names))
