"""Settings: options, then BAOKU_* variables, then baoku.toml; a mistyped key is an error."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from press.errors import SettingError

FILE_NAME = "baoku.toml"
PREFIX = "BAOKU_"
DEFAULT_HOME = Path("~/.local/share/baoku")
MAX_DAYS = 36_500

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


def _split(value: object) -> object:
    """A list as a variable holds it: its items with white space between."""
    return value.split() if isinstance(value, str) else value


def _address(alarm: SecretStr) -> SecretStr:
    if not _ADDRESS.fullmatch(alarm.get_secret_value()):
        raise ValueError("no address")
    return alarm


Alarm = Annotated[SecretStr, AfterValidator(_address)]
Days = Annotated[int, Field(ge=1, le=MAX_DAYS)]


class Settings(BaseSettings):
    """What a person may set: each name is a key of baoku.toml, and a variable after BAOKU_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,  # an alarm is a secret
    )

    home: Path = Field(DEFAULT_HOME, description="the archive's folder")
    contact: str | None = Field(None, description="how a publisher reaches you: e-mail or URL")
    interval_s: float = Field(
        3.0, ge=0, allow_inf_nan=False, description="seconds between two requests to a host"
    )
    database_url: str | None = Field(
        None, repr=False, description="a catalogue outside the home folder"
    )
    database_url_file: Path | None = Field(None, description="a file that holds database_url")
    shelf_url: str | None = Field(None, description="a vault: s3://bucket/folder, file:///folder")
    shelf_endpoint: str | None = Field(
        None, pattern=r"https?://[^\s/@]+/?", description="the address of an S3 not Amazon's"
    )
    shelf_region: str = Field(
        "us-east-1", pattern=r"[A-Za-z0-9-]+", description="the region of the vault's bucket"
    )
    shelf_key_file: Path | None = Field(
        None, description="a file with the vault's access key and its secret, a line each"
    )
    papers: Path | None = Field(None, description="a folder of further newspapers' TOML files")
    alarms: Annotated[tuple[Alarm, ...], NoDecode, BeforeValidator(_split)] = Field(
        (), description="apprise's addresses of who is told; secrets"
    )
    metrics_file: Path | None = Field(None, description="a text file for Prometheus")
    heal_days: int = Field(
        31, ge=0, le=MAX_DAYS, description="how far back a run looks for days never asked for"
    )
    reread_days: Annotated[tuple[Days, ...], NoDecode, BeforeValidator(_split)] = Field(
        (1, 7, 30), description="so many days after it came out an issue is read again"
    )
    lease_s: float = Field(
        90.0, ge=1, le=3600, description="seconds a worker may be silent before it is replaced"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**options: Any) -> Settings:
    """The settings in force; an option that is None was not given.

    Raises SettingError that names the key and the keys that there are.
    """
    said = {name: value for name, value in options.items() if value is not None}
    _refuse_unknown_variables(os.environ)
    file = settings_file(said.get("home"))

    class SettingsHere(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        settings = SettingsHere(**said)
    except ValidationError as error:
        raise SettingError(_sentence(error, file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{file} is not readable as TOML: {error}") from error
    except OSError as error:
        raise SettingError(f"{file} cannot be read: {error.strerror}") from error
    folders = ("home", "papers", "metrics_file", "database_url_file", "shelf_key_file")
    paths = {name: getattr(settings, name) for name in folders}
    found = {name: path and _expanded(name, path) for name, path in paths.items()}
    if settings.database_url is None and found["database_url_file"] is not None:
        found["database_url"] = _secret_in("database_url_file", found["database_url_file"])
    return settings.model_copy(update=found)


def settings_file(home: Path | None) -> Path | None:
    """The baoku.toml in force: in the archive's folder, else in the current one, else None."""
    folder = home or Path(os.environ.get(PREFIX + "HOME") or DEFAULT_HOME)
    candidates = (_expanded("home", folder) / FILE_NAME, Path(FILE_NAME))
    return next((file for file in candidates if file.is_file()), None)


def _secret_in(key: str, file: Path) -> str:
    """What the file holds, without the line's end: a secret that stands in no list of variables."""
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SettingError(
            f'the setting "{key}" names {file}, which cannot be read: {reason}'
        ) from error
    if not secret:
        raise SettingError(f'the setting "{key}" names {file}, which is empty: write it there')
    return secret


def _expanded(key: str, folder: Path) -> Path:
    """The folder, ~ and ~name read as those persons' own."""
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise SettingError(
            f'the setting "{key}" cannot be {str(folder)!r}: nobody of that name is known here, '
            "give the whole path"
        ) from error


def _refuse_unknown_variables(environ: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(
        name for name in environ if name.upper().startswith(PREFIX) and name.upper() not in known
    )
    if unknown:
        raise SettingError(
            f"the environment has {unknown[0]}, which is no setting: there are "
            + ", ".join(sorted(known))
        )


def _sentence(error: ValidationError, file: Path | None) -> str:
    first = error.errors()[0]
    key = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        known = ", ".join(Settings.model_fields)
        return f'{file} has "{key}", which is no setting: there are {known}'
    if key == "alarms":  # never repeated: it is a secret
        return (
            'the setting "alarms" is no list of addresses, or an entry is none: give each as '
            "apprise knows it, like mailto://user:password@host"
        )
    if key == "database_url":  # it may hold a password
        return 'the setting "database_url" is no text: give one address'
    said = first["msg"].lower().replace("tuple", "list")
    return f'the setting "{key}" cannot be {first["input"]!r}: {said}'
