from pathlib import Path

import pytest

from cli.settings import PREFIX, Settings, load_settings
from press.errors import SettingError


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "baoku.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_settings_the_home_is_the_persons_own(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.home == tmp_path / "person/.local/share/baoku"
    assert settings.interval_s == 3.0
    assert settings.contact is None


def test_an_option_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "archive"
    write(home, 'contact = "file@example.org"\ninterval_s = 9\n')
    assert load_settings(home=home).contact == "file@example.org"
    monkeypatch.setenv("BAOKU_CONTACT", "env@example.org")
    settings = load_settings(home=home)
    assert (settings.contact, settings.interval_s) == ("env@example.org", 9.0)
    assert load_settings(home=home, contact="option@example.org").contact == "option@example.org"


def test_an_option_that_was_not_given_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_INTERVAL_S", "5")
    assert load_settings(interval_s=None).interval_s == 5.0


def test_the_file_in_the_home_folder_goes_before_the_one_here(tmp_path: Path) -> None:
    write(tmp_path / "here", "interval_s = 7\n")
    assert load_settings(home=tmp_path / "archive").interval_s == 7.0
    write(tmp_path / "archive", "interval_s = 8\n")
    assert load_settings(home=tmp_path / "archive").interval_s == 8.0


def test_the_file_here_may_name_the_home(tmp_path: Path) -> None:
    write(tmp_path / "here", 'home = "~/news"\n')
    assert load_settings().home == tmp_path / "person/news"


def test_a_mistyped_key_is_named_with_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path / "here", 'contcat = "x@example.org"\n')
    with pytest.raises(SettingError, match=r'"contcat".*home, contact, interval_s'):
        load_settings()


def test_a_mistyped_variable_is_named_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_CONTCAT", "x@example.org")
    with pytest.raises(SettingError, match=r"BAOKU_CONTCAT.*BAOKU_CONTACT"):
        load_settings()


@pytest.mark.parametrize("value", ["-1", "soon", "nan", "inf"])
def test_a_value_that_cannot_be_is_named_in_one_sentence(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOKU_INTERVAL_S", value)
    with pytest.raises(SettingError, match=r"interval_s") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["contact = [", "\x00"])
def test_a_file_that_is_no_toml_is_named(text: str, tmp_path: Path) -> None:
    write(tmp_path / "here", text)
    with pytest.raises(SettingError, match=r"baoku\.toml is not readable as TOML"):
        load_settings()


@pytest.mark.parametrize("name", ["home", "papers"])
def test_the_folder_of_a_person_whom_nobody_knows_is_named(name: str) -> None:
    with pytest.raises(SettingError, match=f'"{name}" cannot be .*whole path'):
        load_settings(**{name: Path("~no-such-person/archive")})


def test_without_alarms_nobody_is_told_and_days_have_their_defaults() -> None:
    settings = load_settings()
    assert (settings.alarms, settings.metrics_file) == ((), None)
    assert (settings.heal_days, settings.reread_days) == (31, (1, 7, 30))


def test_lists_are_lists_in_the_file_and_words_in_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path / "here",
        'alarms = ["json://one.example/?a=1,2"]\nreread_days = []\nmetrics_file = "~/b.prom"\n',
    )
    settings = load_settings()
    assert [alarm.get_secret_value() for alarm in settings.alarms] == ["json://one.example/?a=1,2"]
    assert settings.reread_days == ()
    assert settings.metrics_file == tmp_path / "person/b.prom"
    monkeypatch.setenv("BAOKU_ALARMS", " json://two.example \n json://three.example")
    monkeypatch.setenv("BAOKU_REREAD_DAYS", "2 14")
    settings = load_settings()
    assert [alarm.get_secret_value()[:9] for alarm in settings.alarms] == ["json://tw", "json://th"]
    assert settings.reread_days == (2, 14)


SECRET = "hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f'alarms = ["{SECRET}"]',
        f'alarms = ["json://ok.example", "json://{SECRET} x"]',
        f'alarms = {{ {SECRET} = "json://{SECRET}" }}',
        f'alarms = [["json://{SECRET}"]]',
        f'alarms = ["json://{SECRET}"]\nheal_days = -1',
        f'alarms = ["json://{SECRET}"',
    ],
)
def test_a_wrong_setting_never_repeats_an_alarm(text: str, tmp_path: Path) -> None:
    write(tmp_path / "here", text)
    with pytest.raises(SettingError) as caught:
        load_settings()
    assert SECRET not in f"{caught.value} {caught.value.__cause__}"
    assert "\n" not in str(caught.value)


def test_settings_that_are_printed_hide_the_alarms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_ALARMS", f"json://{SECRET}")
    settings = load_settings()
    assert (
        SECRET
        not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEAL_DAYS", "-1"),
        ("HEAL_DAYS", "99999999999"),
        ("HEAL_DAYS", "a month"),
        ("REREAD_DAYS", "0"),
        ("REREAD_DAYS", "1,7"),
        ("REREAD_DAYS", "1 999999"),
    ],
)
def test_days_that_cannot_be_are_named_in_one_sentence(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingError, match=f'"{name.lower()}" cannot be') as caught:
        load_settings()
    assert "\n" not in str(caught.value)


URL = f"postgresql+psycopg://u:{SECRET}@db/baoku"


def test_the_address_of_the_catalogue_may_stand_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "person/secret"
    secret.parent.mkdir()
    secret.write_text(f"{URL}\n", encoding="utf-8")
    monkeypatch.setenv("BAOKU_DATABASE_URL_FILE", "~/secret")
    assert load_settings().database_url == URL
    monkeypatch.setenv("BAOKU_DATABASE_URL", "sqlite:///other.sqlite3")
    assert load_settings().database_url == "sqlite:///other.sqlite3"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b" \n", "is empty"), (b"\xff\xfe\x00", "it is no text")],
)
def test_a_file_that_holds_no_address_is_named(
    content: bytes | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_bytes(content)
    monkeypatch.setenv("BAOKU_DATABASE_URL_FILE", str(secret))
    with pytest.raises(SettingError, match=f'"database_url_file" names .*secret.*{reason}'):
        load_settings()


def test_the_address_of_the_catalogue_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOKU_DATABASE_URL", URL)
    assert SECRET not in f"{load_settings()!r} {load_settings()}"
    monkeypatch.delenv("BAOKU_DATABASE_URL")
    write(tmp_path / "here", f'database_url = ["{URL}"]')
    with pytest.raises(SettingError, match="give one address") as caught:
        load_settings()
    assert SECRET not in f"{caught.value} {caught.value.__cause__}"
