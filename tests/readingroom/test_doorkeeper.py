"""Who is let in, and how often."""

from base64 import b64encode
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from readingroom.doorkeeper import Allowance, Doorkeeper
from tests.readingroom.asking import Room

TOKEN = "t" * 43
BEARER = Headers({"authorization": f"Bearer {TOKEN}"})
NOTHING = Headers({})


def basic(password: str) -> Headers:
    return Headers({"authorization": "Basic " + b64encode(f"any:{password}".encode()).decode()})


def status(keeper: Doorkeeper, headers: Headers, path: str = "/", at_s: float = 0) -> int:
    found = keeper.refusal("192.0.2.7", path, headers, at_s)
    return 200 if found is None else found.status.value


def test_the_token_opens_as_bearer_and_as_password() -> None:
    keeper = Doorkeeper(token=TOKEN)
    assert status(keeper, NOTHING) == 401
    assert status(keeper, BEARER) == 200
    assert status(keeper, basic(TOKEN)) == 200
    assert status(keeper, basic("other")) == 401
    assert status(keeper, Headers({"authorization": f"Digest {TOKEN}"})) == 401


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_nothing_but_the_token_opens(said: str) -> None:
    keeper = Doorkeeper(token=TOKEN)
    for scheme in ("Bearer", "Basic"):
        if TOKEN not in said:
            assert status(keeper, Headers({"authorization": f"{scheme} {said}"})) == 401


def test_five_wrong_tokens_close_the_door_until_the_next_minute_for_that_client() -> None:
    keeper = Doorkeeper(token=TOKEN)
    assert [status(keeper, basic("other")) for _ in range(7)] == [401] * 5 + [429] * 2
    assert status(keeper, BEARER) == 429
    assert keeper.refusal("192.0.2.8", "/", BEARER, 0) is None
    assert status(keeper, BEARER, at_s=60) == 200


def test_a_visitor_without_a_token_is_not_counted_as_wrong() -> None:
    keeper = Doorkeeper(token=TOKEN)
    assert {status(keeper, NOTHING) for _ in range(20)} == {401}
    assert status(keeper, BEARER) == 200


def test_what_watches_over_the_server_needs_no_token() -> None:
    keeper = Doorkeeper(token=TOKEN)
    assert status(keeper, NOTHING, "/healthz") == status(keeper, NOTHING, "/livez") == 200
    assert status(keeper, NOTHING, "/metrics") == 401


def test_requests_and_searches_are_counted_by_the_minute_and_the_answer_says_how_long() -> None:
    keeper = Doorkeeper(allowance=Allowance(requests=10, searches=3))
    searches = [status(keeper, NOTHING, "/api/v1/search", at_s=45) for _ in range(4)]
    assert searches == [200, 200, 200, 429]
    assert [status(keeper, NOTHING, at_s=45) for _ in range(7)] == [200] * 6 + [429]
    refused = keeper.refusal("192.0.2.7", "/", NOTHING, 45)
    assert refused is not None
    assert refused.retry_after_s == 15
    assert status(keeper, NOTHING, at_s=60) == 200


def test_more_clients_than_can_be_remembered_share_one_allowance() -> None:
    keeper = Doorkeeper(allowance=Allowance(requests=10))
    for number in range(10_000):
        assert keeper.refusal(str(number), "/", NOTHING, 0) is None
    told = [keeper.refusal(f"later {number}", "/", NOTHING, 0) for number in range(20)]
    assert sum(one is None for one in told) == 10


def test_without_the_token_nothing_of_the_archive_is_told(room: Room) -> None:
    closed = replace(room, doorkeeper=Doorkeeper(token=TOKEN))
    refused = closed.get("/api/v1/articles")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic ")
    assert "编" not in refused.text
    assert closed.get("/api/v1/articles", Authorization=f"Bearer {TOKEN}").status_code == 200
