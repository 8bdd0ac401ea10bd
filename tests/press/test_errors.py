"""The tree of errors: what the docstring draws is what the classes are."""

import inspect
import pickle
import re
from datetime import date

import pytest

from press import errors

DRAWN = re.compile(r" {4}(?P<lead>[│├└─ ]*)(?P<name>[A-Z]\w+)\b(?P<rest>.*)")


def drawn_tree() -> dict[str, tuple[str, int | None]]:
    """Each drawn class with its parent's name and the exit code drawn beside it, None without."""
    found: dict[str, tuple[str, int | None]] = {}
    path: list[str] = []
    for row in filter(None, map(DRAWN.fullmatch, (errors.__doc__ or "").splitlines())):
        depth, code = len(row["lead"]) // 4, re.search(r"exit (\d+)$", row["rest"])
        path[depth:] = [row["name"]]
        parent = path[depth - 1] if depth else "Exception"
        found[row["name"]] = (parent, int(code[1]) if code else None)
    return found


CLASSES = {name: cls for name, cls in inspect.getmembers(errors, inspect.isclass)
           if issubclass(cls, Exception)}  # fmt: skip
CRAWL_ERRORS = sorted(
    (cls for cls in CLASSES.values() if issubclass(cls, errors.CrawlError)), key=str
)


def made(cls: type[errors.CrawlError], **address: object) -> errors.CrawlError:
    """An error of that class, with what its constructor asks for."""
    own: dict[str, object] = {}
    if issubclass(cls, errors.Refused):
        own["status"] = 500
    if issubclass(cls, errors.SlowDown):
        own["wait_s"] = 30.0
    return cls("it broke: try again later", **own, **address)  # type: ignore[arg-type]


def test_the_drawn_tree_names_every_class_and_no_other() -> None:
    assert set(drawn_tree()) == set(CLASSES)


@pytest.mark.parametrize(("name", "drawn"), drawn_tree().items())
def test_each_class_stands_where_the_tree_draws_it(
    name: str, drawn: tuple[str, int | None]
) -> None:
    assert CLASSES[name].__base__.__name__ == drawn[0]


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, (_, code) in drawn_tree().items() if code is not None]
)
def test_each_class_has_the_exit_code_that_the_tree_draws(name: str, code: int) -> None:
    assert CLASSES[name].exit_code == code


def test_an_error_without_a_drawn_exit_code_has_its_parents() -> None:
    assert errors.CaptureMissing.exit_code == errors.ArchiveDamaged.exit_code
    assert errors.DigestMismatch.exit_code == errors.ArchiveDamaged.exit_code


def test_what_no_branch_of_the_tree_names_has_an_exit_code_too() -> None:
    assert (errors.PressError.exit_code, errors.StoreError.exit_code) == (1, 31)


def test_every_error_of_the_crawl_has_a_cause_of_its_own() -> None:
    causes = [cls.cause for cls in CRAWL_ERRORS]
    assert len(set(causes)) == len(causes)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", cause) for cause in causes)
    assert all("cause" in vars(cls) for cls in CRAWL_ERRORS)


@pytest.mark.parametrize("cls", CRAWL_ERRORS)
def test_an_error_tells_its_message_and_the_address_it_knows(cls: type[errors.CrawlError]) -> None:
    error = made(
        cls, paper="cqrb", issue_date=date(2026, 1, 12), page_no=7, url="http://paper.example/"
    )
    assert error.message == "it broke: try again later"
    assert str(error) == (
        "it broke: try again later (cqrb, 2026-01-12, page 7, http://paper.example/)"
    )


@pytest.mark.parametrize("cls", CRAWL_ERRORS)
def test_an_error_without_an_address_is_its_message_alone(cls: type[errors.CrawlError]) -> None:
    assert str(made(cls)) == "it broke: try again later"


def test_page_0_is_a_page_and_not_an_unknown_one() -> None:
    error = errors.LayoutChanged("look", page_no=0).at(
        paper="cqrb", issue_date=date(2026, 1, 12), page_no=7
    )
    assert error.page_no == 0
    assert str(error) == "look (cqrb, 2026-01-12, page 0)"


def test_a_missing_address_is_filled_in_and_a_known_one_is_kept() -> None:
    bare = errors.Truncated("ended early")
    assert bare.at(paper="cqrb", issue_date=date(2026, 1, 12), page_no="A01") is bare
    assert (bare.paper, bare.issue_date, bare.page_no, bare.url) == (
        "cqrb", date(2026, 1, 12), "A01", None,
    )  # fmt: skip
    bare.at(paper="jxrb", issue_date=date(2017, 10, 9), page_no=3)
    assert (bare.paper, bare.issue_date, bare.page_no) == ("cqrb", date(2026, 1, 12), "A01")


def test_a_refusal_keeps_its_status_and_a_pause_its_length() -> None:
    assert errors.Refused("no", status=418).status == 418
    assert errors.SlowDown("wait", wait_s=None).wait_s is None
    assert errors.SlowDown("wait", wait_s=2.5).wait_s == 2.5


def test_an_error_can_be_caught_by_its_kind() -> None:
    with pytest.raises(errors.FetchError) as caught:
        raise made(errors.RobotsUnreadable)
    assert isinstance(caught.value, errors.RobotsForbids)
    assert not isinstance(caught.value, errors.ReadError)


@pytest.mark.parametrize("cls", CRAWL_ERRORS)
def test_an_error_comes_whole_from_another_process(cls: type[errors.CrawlError]) -> None:
    error = made(cls, paper="cqrb", url="http://a/")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is cls
    assert (str(again), vars(again)) == (str(error), vars(error))
