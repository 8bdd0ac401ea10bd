"""How the services are held: what each may write, reach and be asked, and what waits for what."""

import re
import tomllib

import pytest

from tests.compose.reading import (
    COMPOSE,
    HOUSE,
    ONCE,
    OURS,
    SECRETS,
    SERVICES,
    everything_said,
    granted,
    mounts,
    said,
)

HOME = "/archive"
VERSION = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]["version"]


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
