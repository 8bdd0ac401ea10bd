"""Addresses of catalogues, and that none of them gives a password away."""

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from press.errors import SettingError
from storage.catalogue.address import file_path, public_name, server_address

SECRET = st.text(st.sampled_from("aZ0 @:/?#&=%+报"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/a@b/c?d.sqlite3", "/srv/a@b/c?d.sqlite3"),
        ("postgresql+psycopg://u:geheim@db:5432/baoku", "postgresql+psycopg://db:5432/baoku"),
        ("postgresql+psycopg://u@/baoku?host=/run/pg", "postgresql+psycopg:///baoku"),
        ("postgresql+psycopg://db/baoku?password=geheim", "postgresql+psycopg://db/baoku"),
        ("postgresql+psycopg://u:ge@heim@db/baoku", "postgresql+psycopg://..."),
        ("postgresql+psycopg://u:ge?heim@db/baoku", "postgresql+psycopg://..."),
        ("u:geheim@db/baoku", "that text"),
        ("catalogue.sqlite3", "catalogue.sqlite3"),
    ],
)
def test_a_database_is_called_by_its_place_alone(url, name):
    assert public_name(url) == name


@given(SECRET)
def test_a_password_is_never_in_the_name_however_it_was_typed(secret):
    marked = f"Q{secret}Q"  # so that no piece of it is one of the address by chance
    for url in (
        f"postgresql+psycopg://u:{marked}@db/baoku",
        f"postgresql+psycopg://db/baoku?password={marked}",
        f"postgresql+psycopg://db/baoku?user=u&password={marked}&host=/x",
    ):
        assert "Q" not in public_name(url)


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_a_setting_error(text):
    assume(not text.startswith("sqlite:///"))
    assert file_path(text) is None
    for url in (text, f"postgresql+psycopg://{text}"):
        with suppress(SettingError):
            assert server_address(url).drivername == "postgresql+psycopg"


def test_a_path_is_taken_as_it_is():
    assert file_path("sqlite:///a?b#c%20.sqlite3") == "a?b#c%20.sqlite3"
    assert file_path("postgresql+psycopg:///a") is None
    for nothing in ("sqlite:///", "sqlite:///:memory:"):
        with pytest.raises(SettingError, match="no address"):
            file_path(nothing)
