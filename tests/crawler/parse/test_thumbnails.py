"""Pictures that a site shows twice or smaller than they are."""

import pytest

from press.model import Article
from tests.crawler.parse.pages import SHELLS, Head, Shell, article_page, read, spans_with_breaks

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)
ROW = "<table><tr><td>{image}</td></tr><tr><td>渡口的灯亮了。</td></tr></table>"


def image(name: str) -> str:
    return f'<img src="../../../res/1/20260112/{name}">'


def shown(shell: Shell, pictures: str) -> Article:
    return read(shell, article_page(shell, head=spans_with_breaks(Head()), pictures=pictures))


def files(article: Article) -> list[str]:
    return [(picture.url or "").rpartition("/")[2] for picture in article.pictures]


@every_shell
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("7.jpg", "7.jpg"),
        ("7.jpg", "7_s.jpg"),
        ("7-thumb.jpg", "7.jpg"),
        ("7.300x200.jpg", "7.jpg"),
    ],
)
def test_a_copy_without_a_caption_of_its_own_is_the_same_picture(
    shell: Shell, first: str, second: str
) -> None:
    found = shown(shell, ROW.format(image=image(first) + image(second)))
    assert files(found) == ["7.jpg"]
    assert found.pictures[0].caption == "渡口的灯亮了。"
    assert found.account.residue is None


@every_shell
def test_one_picture_twice_under_one_caption_is_told(shell: Shell) -> None:
    told = shown(shell, ROW.format(image=image("7.jpg")) * 2).account.residue
    assert told is not None
    assert "one picture twice" in told


@every_shell
@pytest.mark.parametrize("small", ["7_s.jpg", "7-thumb.jpg", "7_300x200.jpg", "7.small.jpg"])
def test_a_smaller_copy_that_opens_the_picture_is_told(shell: Shell, small: str) -> None:
    link = f'<a href="../../../res/1/20260112/7.jpg">{image(small)}</a>'
    assert "a smaller copy" in (shown(shell, ROW.format(image=link)).account.residue or "")


@every_shell
@pytest.mark.parametrize(
    "pictures",
    [
        image("7_1.jpg") + image("7_2.jpg"), image("7_a.jpg") + image("7_b.jpg"), image("7_s.jpg"),
        f'<a href="../../../res/1/20260112/7.jpg">{image("7.jpg")}</a>',
        f'<a href="../../../res/1/20260112/res01_attpic.jpg">{image("res01_attpic_brief.jpg")}</a>',
        f'<a href="../../../page/7/big.jpg">{image("7_s.jpg")}</a>',
    ],
)  # fmt: skip
def test_pictures_of_one_series_and_the_platforms_names_are_healthy(
    shell: Shell, pictures: str
) -> None:
    found = shown(shell, ROW.format(image=pictures))
    assert len(found.pictures) == pictures.count("<img")
    assert found.account.residue is None
