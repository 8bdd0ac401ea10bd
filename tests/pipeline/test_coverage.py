from hypothesis import given
from hypothesis import strategies as st

from pipeline.coverage import ENOUGH_PAGES, unusual
from press.profile import PageProfile


def a_profile(articles: int = 6, **changes: int) -> PageProfile:
    counts = dict.fromkeys(("with_headline", "with_byline", "with_text", "with_zones"), articles)
    return PageProfile(**({"articles": articles, "char_count": 4000} | counts | changes))


USUAL = [a_profile()] * ENOUGH_PAGES


def test_a_page_like_the_others_is_not_told() -> None:
    assert unusual(a_profile(), USUAL) is None


def test_with_too_few_earlier_pages_nothing_is_told() -> None:
    assert unusual(a_profile(with_headline=0, char_count=0), USUAL[1:]) is None


def test_a_part_that_nearly_all_articles_have_and_now_none_is_told_by_its_name() -> None:
    sentence = unusual(a_profile(with_byline=0), USUAL)
    assert sentence is not None
    assert "0 of 6 articles have a byline" in sentence


def test_a_part_that_few_articles_have_may_be_missing() -> None:
    earlier = [a_profile(with_byline=n % 3) for n in range(30)]
    assert unusual(a_profile(with_byline=0), earlier) is None


def test_one_article_without_a_headline_is_chance() -> None:
    assert unusual(a_profile(with_headline=5), USUAL) is None


def test_a_page_with_far_fewer_articles_or_characters_than_ever_is_told() -> None:
    few, empty = unusual(a_profile(1), USUAL), unusual(a_profile(char_count=399), USUAL)
    assert few is not None
    assert "only 1 articles" in few
    assert empty is not None
    assert "only 399 characters" in empty


@given(st.lists(st.integers(1, 12), min_size=ENOUGH_PAGES, max_size=40), st.data())
def test_a_page_equal_to_an_earlier_one_is_never_told_for_its_size(
    sizes: list[int], data: st.DataObject
) -> None:
    earlier = [a_profile(size) for size in sizes]
    assert unusual(data.draw(st.sampled_from(earlier)), earlier) is None
