"""docker-compose.yml as a test reads it: each service, and what Compose would make of its words."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

HOUSE = Path(__file__).parents[2]
SAID = {"BAOKU_CONTACT": "you@example.org"}
SECRETS = "/run/secrets/"
TEXT = (HOUSE / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = sorted(name for name, one in SERVICES.items() if one["image"].startswith("baoku:"))
ONCE = {"bucket", "crawl"}
"""What ends when it is done; everything else is up all the time."""


def said(text: str) -> str:
    """A value as Compose puts the environment into it."""

    def value(found: re.Match[str]) -> str:
        name, operator, rest = found.groups()
        assert name in SAID or operator in {":-", ":?"}, f"{name} may be unset"
        return SAID.get(name, rest if operator == ":-" else "")

    return re.sub(r"(?<!\$)\$\{(\w+)(?:(:[-?])([^}]*))?\}", value, text).replace("$$", "$")


def words(value: list[str]) -> list[str]:
    assert isinstance(value, list), "a line would go through a shell, which the image may not have"
    return [said(word) for word in value]


def seconds(duration: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(s|m|h)", duration).groups()  # type: ignore[union-attr]
    return int(number) * {"s": 1, "m": 60, "h": 3600}[unit]


def environment(name: str) -> dict[str, str]:
    return {key: said(str(value)) for key, value in SERVICES[name].get("environment", {}).items()}


def granted(name: str, kind: str) -> dict[str, str]:
    """The configs or secrets of a service: each name, and where the service finds it."""
    given = [
        {"source": one} if isinstance(one, str) else one for one in SERVICES[name].get(kind, [])
    ]
    return {one["source"]: one.get("target", SECRETS + one["source"]) for one in given}


def config(name: str) -> str:
    """The text of a declared config. Compose can put only files into a read-only container."""
    (file,) = COMPOSE["configs"][name].values()
    return (HOUSE / file).read_text(encoding="utf-8")


def mounts(name: str) -> dict[str, str]:
    """The named volumes of a service, and where each is."""
    return dict(one.split(":")[:2] for one in SERVICES[name].get("volumes", []))


def everything_said(name: str) -> str:
    """The command, the environment, the configs and the health check of a service, as one text."""
    one = SERVICES[name]
    texts = [config(given) for given in granted(name, "configs")]
    parts = (one.get("command", []), environment(name), one.get("healthcheck", {}), texts)
    return json.dumps(parts, ensure_ascii=False)
