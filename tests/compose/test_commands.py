"""What the services run, beside the program: each word is one that it takes."""

import re

import click
import pytest
from pydantic import TypeAdapter

from cli.main import baoku
from cli.serve import LAST_S
from cli.settings import PREFIX, Settings
from tests.compose.reading import OURS, SERVICES, config, environment, said, seconds, words


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
