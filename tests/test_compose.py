"""docker-compose.yml beside the program: no engine is asked, each line is held to what it means."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from cli.vault import read_key
from pydantic import TypeAdapter

from cli.main import baoku
from cli.serve import LAST_S, read_token
from cli.settings import PREFIX, Settings, load_settings
from press.errors import HomeUnusable
from storage.catalogue import Catalogue
from storage.home import open_home

HOUSE = Path(__file__).parents[1]
SAID = {"BAOKU_CONTACT": "you@example.org"}
SECRETS = "/run/secrets/"
HOME = "/archive"
VERSION = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]["version"]
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


def parse(arguments: list[str]) -> click.Context:
    """The context in which the program would run these words. Raises what it would say."""
    context = baoku.make_context("baoku", list(arguments))
    while isinstance(context.command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, command, rest = context.command.resolve_command(context, rest)
        assert name is not None
        assert command is not None
        context = command.make_context(name, rest, parent=context)
    return context


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_that_the_program_takes(name: str) -> None:
    assert parse(words(SERVICES[name]["command"])).command.callback is not None
    check = SERVICES[name].get("healthcheck", {"test": ["CMD", "baoku"]})["test"]
    assert check[0] == "CMD"
    if check[1] == "baoku" and len(check) > 2:
        assert parse(words(check[2:])).command.callback is not None


def test_a_wrong_word_in_a_command_would_be_seen() -> None:
    for wrong in (["serves"], ["serve", "--prot=8080"], ["schedule", "run", "--page", "x y"]):
        with pytest.raises(click.UsageError):
            parse(wrong)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_variable_is_a_setting_and_holds_what_it_takes(name: str) -> None:
    ours = {key: value for key, value in environment(name).items() if key.startswith(PREFIX)}
    assert name in OURS or not ours
    for key, value in ours.items():
        field = Settings.model_fields[key.removeprefix(PREFIX).lower()]
        TypeAdapter(field.annotation).validate_python(value)


def test_every_secret_is_a_file_that_is_granted_used_and_declared() -> None:
    declared = COMPOSE["secrets"]
    assert all(set(one) == {"file"} for one in declared.values())
    used = set()
    for name in SERVICES:
        given = granted(name, "secrets")
        named = set(re.findall(re.escape(SECRETS) + r"(\w+)", everything_said(name)))
        assert named == set(given), name
        used |= named
    assert used == set(declared)


def test_no_secret_stands_in_the_file() -> None:
    for name in SERVICES:
        for key in environment(name):
            assert not re.search("PASS|SECRET|TOKEN|KEY", key) or key.endswith("_FILE"), key
    assert not re.search(r"://[^\s:/$]+:[^\s@/$]+@", TEXT)


def test_every_volume_config_and_network_is_declared_and_used() -> None:
    used = [volume for name in SERVICES for volume in mounts(name)]
    assert len(used) == len(set(used)), "two services would write into one volume"
    assert set(used) == set(COMPOSE["volumes"])
    assert {one for name in SERVICES for one in granted(name, "configs")} == set(COMPOSE["configs"])
    assert all(set(one) == {"file"} for one in COMPOSE["configs"].values())
    networks = {network for one in SERVICES.values() for network in one["networks"]}
    assert networks == set(COMPOSE["networks"])


@pytest.mark.parametrize("name", OURS)
def test_what_the_program_keeps_lies_outside_the_image(name: str) -> None:
    passing = {one.split(":")[0] for one in SERVICES[name]["tmpfs"]}
    assert "/tmp" in passing  # noqa: S108 - the container's own
    assert {*mounts(name).values()} | (passing & {HOME}) == {HOME}
    for path in re.findall(r'"(?:--[\w-]+=)?(/[\w./-]+)"', everything_said(name)):
        assert path.startswith(SECRETS) or path == HOME, path


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_container_is_held_tight(name: str) -> None:
    one = SERVICES[name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert {"max-size", "max-file"} <= set(one["logging"]["options"])
    assert not {"privileged", "network_mode", "pid", "ipc", "user", "devices"} & set(one)
    assert name not in OURS or (one["init"] is True and "cap_add" not in one)
    if name not in ONCE:
        assert one["restart"] == "unless-stopped"
        assert {"test", "interval", "timeout", "retries"} <= set(one["healthcheck"])
        assert one["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_image_is_pinned(name: str) -> None:
    image = SERVICES[name]["image"]
    assert re.fullmatch(r"[\w./-]+:[\w.-]*\d[\w.-]*", image)
    assert name not in OURS or image == f"baoku:{VERSION}"
    assert ("build" in SERVICES[name]) == (name in OURS)


def test_ports_are_published_on_this_machine_alone() -> None:
    ports = [said(port) for one in SERVICES.values() for port in one.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_only_who_asks_the_papers_sites_or_tells_people_gets_out() -> None:
    shut = {name for name, one in COMPOSE["networks"].items() if one.get("internal")}
    masked = "com.docker.network.bridge.enable_ip_masquerade"
    shut |= {
        name
        for name, one in COMPOSE["networks"].items()
        if one.get("driver_opts", {}).get(masked) == "false"
    }
    out = {name for name, one in SERVICES.items() if set(one["networks"]) - shut}
    assert out == {"crawl", "scheduler", "worker-1", "worker-2"}
    assert set(SERVICES["proxy"]["networks"]).isdisjoint(SERVICES["postgres"]["networks"])


def test_a_service_waits_for_what_can_be_waited_for() -> None:
    for name, one in SERVICES.items():
        for other, how in one.get("depends_on", {}).items():
            assert set(one["networks"]) & set(SERVICES[other]["networks"]), f"{name}, {other}"
            assert how["condition"] == (
                "service_completed_successfully" if other in ONCE else "service_healthy"
            )
    waits = {name: set(one.get("depends_on", {})) for name, one in SERVICES.items()}
    assert waits["scheduler"] == {"postgres"}
    assert waits["worker-1"] == waits["worker-2"] == {"scheduler", "bucket"}
    assert waits["readingroom"] == {"scheduler"}


def test_a_stop_leaves_more_time_than_the_program_takes() -> None:
    for name in OURS:
        assert seconds(SERVICES[name]["stop_grace_period"]) > max(10, LAST_S + 2)


def test_the_proxy_times_out_slow_requests_and_finds_the_reading_room() -> None:
    text = config("proxy")
    assert text.count("{") == text.count("}")
    limits = dict(re.findall(r"^ *(\w+_timeout) (\d+s);", text, re.M))
    assert {"client_header_timeout", "client_body_timeout", "send_timeout"} <= set(limits)
    assert all(seconds(value) <= 30 for value in limits.values())
    parsed = parse(words(SERVICES["readingroom"]["command"])).params
    assert f"set $room http://readingroom:{parsed['port']};" in text
    assert parsed["names"]
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header Host $http_host;" in text
    listens = re.findall(r"listen (\d+);", text)
    assert [said(port).split(":")[-1] for port in SERVICES["proxy"]["ports"]] == listens


def test_the_key_of_the_shelf_may_delete_nothing() -> None:
    policy = json.loads(config("store-policy"))
    allowed = {action for one in policy["Statement"] for action in one["Action"]}
    assert allowed == {"s3:GetBucketLocation", "s3:ListBucket", "s3:GetObject", "s3:PutObject"}
    bucket = environment("worker-1")["BAOKU_SHELF_URL"].removeprefix("s3://")
    for one in policy["Statement"]:
        (resource,) = one["Resource"]
        assert resource.removeprefix("arn:aws:s3:::").split("/")[0] == bucket
    assert f"mc mb --ignore-existing store/{bucket}\n" in config("bucket")


def test_the_bucket_is_made_by_whoever_may_and_tried_with_the_key_of_baoku(tmp_path: Path) -> None:
    script = config("bucket").replace(SECRETS, f"{tmp_path}/")
    for name, value in (("store_user", "root"), ("store_password", "r"), ("shelf_key", "k\ns")):
        (tmp_path / name).write_text(f"{value}\n", encoding="ascii")
    mc = tmp_path / "mc"
    mc.write_text('#!/bin/sh\necho "$@ $MC_HOST_store $MC_HOST_archive" >&2\n', encoding="ascii")
    mc.chmod(0o700)
    done = subprocess.run(  # noqa: S603 - the file's own words, and an mc that only repeats them
        ["bash", "-c", script, "bucket", "/policy"],  # noqa: S607 - the image's is /bin/bash
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    hosts = "http://root:r@store:9000 http://k:s@store:9000"
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        f"mb --ignore-existing store/baoku {hosts}",
        f"version enable store/baoku {hosts}",
        f"admin policy create store baoku /policy {hosts}",
        f"admin user add store k s {hosts}",
        f"admin policy attach store baoku --user k {hosts}",
        f"ls archive/baoku {hosts}",
    ]


def test_make_secrets_draws_what_the_services_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "secrets"
    make = ["make", "--no-print-directory", "secrets", f"SECRETS={folder}"]
    subprocess.run(make, cwd=HOUSE, check=True, capture_output=True)  # noqa: S603
    found = {path.name: path for path in folder.iterdir()}
    assert {f"secrets/{name}" for name in found} == {
        one["file"] for one in COMPOSE["secrets"].values()
    }
    assert {path.stat().st_mode & 0o777 for path in found.values()} == {0o600}
    read_token(found["readers_token"])
    assert all(8 <= len(word) <= 40 for word in read_key(found["shelf_key"]))
    password = found["postgres_password"].read_text("ascii").strip()
    monkeypatch.setenv("BAOKU_DATABASE_URL_FILE", str(found["database_url"]))
    url = load_settings(home=tmp_path).database_url
    assert url == f"postgresql+psycopg://baoku:{password}@postgres/baoku"
    again = subprocess.run(make, cwd=HOUSE, check=False, capture_output=True, text=True)  # noqa: S603
    assert again.returncode != 0
    assert "nothing was changed" in again.stdout
    assert found["postgres_password"].read_text("ascii").strip() == password


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive with nothing in it."""
    Catalogue.open(f"sqlite:///{open_home(tmp_path / 'home', create=True).catalogue_path}").close()
    return tmp_path / "home"


@contextmanager
def reading_room(home: Path) -> Iterator[int]:
    """The port of `baoku serve` on a free one."""
    room = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "cli.main", "serve", "--port=0", f"--home={home}"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HOUSE,
    )
    assert room.stdout is not None
    try:
        yield int(room.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
    finally:
        room.terminate()
        room.communicate(timeout=20)


def test_the_reading_rooms_health_check_says_whether_it_is_open(home: Path) -> None:
    command, *arguments = words(SERVICES["readingroom"]["healthcheck"]["test"])[1:]
    assert command == "python"

    def check(port: int) -> int:
        asked = [one.replace(":8080", f":{port}") for one in arguments]
        return subprocess.run(  # noqa: S603 - the file's own words
            [sys.executable, *asked], check=False, stderr=subprocess.DEVNULL
        ).returncode

    with reading_room(home) as port:
        assert check(port) == 0
    assert check(port) != 0


def test_the_others_health_check_says_whether_the_catalogue_answers(home: Path) -> None:
    checks = {name: SERVICES[name]["healthcheck"]["test"] for name in set(OURS) - ONCE}
    del checks["readingroom"]
    assert all(check == checks["scheduler"] for check in checks.values())
    command, *arguments = words(checks["scheduler"])[1:]
    assert command == "baoku"

    def check(**variables: str) -> int:
        return subprocess.run(  # noqa: S603 - the file's own words
            [sys.executable, "-m", "cli.main", *arguments],
            env=os.environ | {"BAOKU_HOME": str(home)} | variables,
            cwd=HOUSE,
            check=False,
            capture_output=True,
        ).returncode

    assert check() == 0
    away = "postgresql+psycopg://baoku@127.0.0.1:1/baoku"
    assert (
        check(BAOKU_DATABASE_URL=away, BAOKU_SHELF_URL=f"file://{home}") == HomeUnusable.exit_code
    )
