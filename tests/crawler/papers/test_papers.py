"""One TOML file a newspaper: what is read from it, and how its mistakes are told."""

from datetime import date, time
from pathlib import Path

import pytest

from crawler.papers import find_paper, known_papers, read_paper
from press.errors import SettingError, UsageError
from press.paper import Paper

FILE = """
slug = "xinbao"
name = "新报"
home_url = "http://paper.example/"
first_issue = 2001-02-03
weekdays = [0, 4]
published_at = 06:30:00
default_page = "A01"
notes = '''
 Invented.
'''
[[eras]]
name = "first"
since = 2001-02-03
until = 2009-12-31
evidence = [2001-02-03, 2005-05-05]
platform = "founder_a"
front_url = "http://paper.example/html/{yyyy}-{mm}/{dd}/node_1.htm"
article_url = "http://paper.example/html/{yyyy}-{mm}/{dd}/content_{native_id}.htm"
[[eras]]
name = "second"
since = 2010-01-01
platform = "page_folders"
front_url = "http://paper.example/{yyyy}-{mm}/{dd}/01/node.htm"
page_url = "http://paper.example/{yyyy}-{mm}/{dd}/{page:02d}/node.htm"
article_url = "http://paper.example/{yyyy}-{mm}/{dd}/{page:02d}/content_{native_id}.htm"
"""


def read(text: str) -> Paper:
    return read_paper(text.encode(), "xinbao.toml")


def changed(old: str, new: str) -> str:
    assert old in FILE
    return FILE.replace(old, new, 1)


def without(key: str) -> str:
    lines = FILE.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith(f"{key} ="))
    return "".join(lines[:first] + lines[first + 1 :])


def test_a_file_gives_the_papers_facts() -> None:
    paper = read(FILE)
    assert (paper.slug, paper.name, paper.home_url) == ("xinbao", "新报", "http://paper.example/")
    assert paper.first_issue == date(2001, 2, 3)
    assert paper.weekdays == {0, 4}
    assert paper.published_at == time(6, 30)
    assert paper.default_page == "A01"
    assert paper.notes == "Invented."


def test_a_file_gives_the_eras_in_order() -> None:
    first, second = read(FILE).eras
    assert (first.name, first.since, first.until) == ("first", date(2001, 2, 3), date(2009, 12, 31))
    assert first.evidence == (date(2001, 2, 3), date(2005, 5, 5))
    assert first.page_url is None
    assert first.platform == "founder_a"
    assert (second.name, second.until) == ("second", None)
    assert second.page_url == "http://paper.example/{yyyy}-{mm}/{dd}/{page:02d}/node.htm"


def test_evidence_that_is_not_given_is_the_eras_own_span() -> None:
    assert read(FILE).eras[1].evidence == (date(2010, 1, 1), date(2010, 1, 1))
    first = read(without("evidence")).eras[0]
    assert first.evidence == (date(2001, 2, 3), date(2009, 12, 31))


def test_notes_may_be_left_out_and_a_plain_page_number_is_an_int() -> None:
    text = changed('default_page = "A01"', "default_page = 7")
    text = text.replace("notes = '''\n Invented.\n'''\n", "")
    paper = read(text)
    assert paper.notes == ""
    assert paper.default_page == 7


@pytest.mark.parametrize(
    "key",
    ["slug", "name", "home_url", "first_issue", "weekdays", "published_at", "default_page",
     "since", "platform", "front_url", "article_url"],
)  # fmt: skip
def test_a_missing_key_is_named_with_its_file(key: str) -> None:
    with pytest.raises(SettingError, match=rf"xinbao\.toml lacks the key '{key}'"):
        read(without(key))


def test_a_paper_without_eras_is_refused() -> None:
    with pytest.raises(SettingError, match="lacks the key 'eras'"):
        read(FILE.split("[[eras]]", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "新报"', 'nmae = "新报"', 'unknown key "nmae"'),
        ('name = "first"', 'nmae = "first"', 'unknown key "nmae"'),
        ('"founder_a"', '"founder_z"', 'names the platform "founder_z": known are page_folders'),
        ('slug = "xinbao"', "slug = 7", "slug must be a text"),
        ('slug = "xinbao"', 'slug = ""', "slug must be a text"),
        ("first_issue = 2001-02-03", 'first_issue = "2001"', "'2001' is no date"),
        ("since = 2010-01-01", "since = 2010", "2010 is no date"),
        ("until = 2009-12-31", 'until = "now"', "'now' is no date"),
        ("published_at = 06:30:00", "published_at = 6", "6 is no time of day"),
        ('slug = "xinbao"', 'slug = "Xin-bao"', "slug must be small letters and digits"),
        ('slug = "xinbao"', 'slug = "ｘｉｎbao"', "slug must be small letters and digits"),
        ('slug = "xinbao"', 'slug = "新bao"', "slug must be small letters and digits"),
        ('slug = "xinbao"', 'slug = "search"', "is an address of the reading room"),
        ('default_page = "A01"', 'default_page = "头版"', '"头版" is no page number'),
        ("first_issue = 2001-02-03", "first_issue = 2001-02-03T06:00:00", "is no date"),
        ("until = 2009-12-31", "until = 2001-02-02", "the era first ends before it begins"),
        ("evidence = [2001-02-03, 2005-05-05]", "evidence = [2001-02-03]", "must be two dates"),
        ("evidence = [2001-02-03, 2005-05-05]", "evidence = 2001-02-03", "must be two dates"),
        ("{page:02d}/node", "{folio}/node", "page_url cannot be filled in"),
        ("{native_id}", "{id}", "article_url cannot be filled in"),
        ("weekdays = [0, 4]", "weekdays = 7", "weekdays must be a list of numbers from 0"),
        ("weekdays = [0, 4]", "weekdays = []", "weekdays must be a list of numbers from 0"),
        ("weekdays = [0, 4]", "weekdays = [7]", "weekdays must be a list of numbers from 0"),
        ("weekdays = [0, 4]", "weekdays = [[1]]", "wrong kind"),
        ("weekdays = [0, 4]", 'weekdays = ["Monday"]', "wrong kind"),
        ("evidence = [2001-02-03, 2005-05-05]", 'evidence = ["a", "b"]', "'a' is no date"),
        ("first_issue = 2001-02-03", "first_issue = ", "is no readable TOML"),
    ],
)
def test_a_wrong_value_is_told_with_its_file(old: str, new: str, told: str) -> None:
    with pytest.raises(SettingError, match=r"xinbao\.toml") as caught:
        read(changed(old, new))
    assert told in str(caught.value)


@pytest.mark.parametrize("eras", ["eras = []", "eras = 3", 'eras = ["x"]', "[eras]\nname = 1"])
def test_eras_that_are_no_tables_are_told(eras: str) -> None:
    with pytest.raises(SettingError, match=r"eras must be one or more \[\[eras\]\] tables"):
        read(FILE.split("[[eras]]", maxsplit=1)[0] + eras)


def test_a_file_that_is_no_text_is_told() -> None:
    with pytest.raises(SettingError, match=r"xinbao\.toml is no readable TOML"):
        read_paper("新报".encode("gb18030"), "xinbao.toml")


def test_the_papers_that_come_with_baoku_are_found_by_slug() -> None:
    papers = known_papers()
    assert set(papers) == {"cqrb", "jxrb", "rmrb"}
    assert all(slug == paper.slug for slug, paper in papers.items())
    assert papers["cqrb"].default_page == 7
    assert find_paper("cqrb").name == "重庆日报"


def test_an_unknown_paper_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match='there is no paper "nosuch": known are cqrb, jxrb, rmrb'):
        find_paper("nosuch")


def test_a_folder_of_ones_own_adds_papers(tmp_path: Path) -> None:
    (tmp_path / "xinbao.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "readme.txt").write_text("no paper", encoding="utf-8")
    assert find_paper("xinbao", tmp_path).name == "新报"
    assert set(known_papers(tmp_path)) == {"cqrb", "jxrb", "rmrb", "xinbao"}


def test_two_files_of_one_slug_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(changed('"xinbao"', '"cqrb"'), encoding="utf-8")
    with pytest.raises(
        SettingError, match=r'two files describe the paper "cqrb": remove mine\.toml'
    ):
        known_papers(tmp_path)


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="does not exist: create it"):
        known_papers(tmp_path / "nowhere")


@pytest.mark.parametrize("value", ["0", "-1", "true", '"730"'])
def test_a_public_window_that_is_no_number_of_days_is_refused(value: str) -> None:
    with pytest.raises(SettingError, match="public_days"):
        read(f"public_days = {value}\n{FILE}")


def test_the_public_window_is_a_setting_of_the_paper() -> None:
    assert read(FILE).public_days is None
    assert read(f"public_days = 730\n{FILE}").public_days == 730
