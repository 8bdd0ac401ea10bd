"""The account while it is read: it closes exactly when both sides agree."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.claims import AFTER_ALL, BEFORE_ALL, Claims, settle
from press.account import Piece

WORDS = st.text("山城夜雨停了石阶 \u3000\n", min_size=1, max_size=12)
NAMES = ["headline", "blocks[0]", "blocks[1]", "byline"]
TAKEN = st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=6)
DROPPED = st.lists(st.tuples(st.sampled_from(["toolbar", "masthead"]), WORDS), max_size=4)


def sides(
    taken: list[tuple[str, str]], dropped: list[tuple[str, str]]
) -> tuple[list[Piece], str, dict[str, str]]:
    """Pieces, visible text and stored fields that agree with each other."""
    claims = Claims()
    fields: dict[str, str] = {}
    for place, (name, text) in enumerate(taken):
        claims.take(name, text, place)
        fields[name] = fields.get(name, "") + text
    for rule, text in dropped:
        claims.drop(rule, text, AFTER_ALL)
    visible = "\n".join(text for _, text in [*taken, *dropped])
    return claims.pieces, visible, {name: text for name, text in fields.items() if text.strip()}


@given(TAKEN, DROPPED)
def test_an_account_whose_sides_agree_closes(
    taken: list[tuple[str, str]], dropped: list[tuple[str, str]]
) -> None:
    pieces, visible, fields = sides(taken, dropped)
    account = settle(pieces, visible=visible, lost_chars=0, fields=fields)
    assert account.is_closed
    assert list(account.pieces) == pieces


@given(TAKEN, DROPPED, st.text("甲乙", min_size=1))
def test_one_character_too_many_on_any_side_opens_it(
    taken: list[tuple[str, str]], dropped: list[tuple[str, str]], more: str
) -> None:
    pieces, visible, fields = sides(taken, dropped)

    def residue(pieces: list[Piece], visible: str, fields: dict[str, str]) -> str | None:
        return settle(pieces, visible=visible, lost_chars=0, fields=fields).residue

    assert f"unclaimed: {_counted(more)}" in (residue(pieces, visible + more, fields) or "")
    grown = [*pieces, Piece("dropped", "toolbar", more)]
    assert f"invented: {_counted(more)}" in (residue(grown, visible, fields) or "")
    for name in fields:
        longer = {**fields, name: fields[name] + more}
        told = f"{name} differs from its source: {_counted(more)}"
        assert residue(pieces, visible, longer) == told
    told = f"deck differs from its source: {_counted(more)}"
    assert residue(pieces, visible, {**fields, "deck": more}) == told


def _counted(text: str) -> str:
    """The characters grouped, in the order of their first occurrence."""
    return "".join(char * text.count(char) for char in dict.fromkeys(text))


@given(TAKEN.filter(lambda taken: any(text.strip() for _, text in taken)), DROPPED)
def test_a_character_lost_from_a_stored_field_opens_it(
    taken: list[tuple[str, str]], dropped: list[tuple[str, str]]
) -> None:
    pieces, visible, fields = sides(taken, dropped)
    for name, text in fields.items():
        first = text.strip()[0]
        shorter = {**fields, name: text.replace(first, "", 1)}
        account = settle(pieces, visible=visible, lost_chars=0, fields=shorter)
        assert account.residue == f"{name} differs from its source: {first}"


def test_a_field_that_was_claimed_and_not_stored_opens_it() -> None:
    pieces = [Piece("field", "kicker", "论丛")]
    account = settle(pieces, visible="论丛", lost_chars=0, fields={})
    assert account.residue == "kicker differs from its source: 论丛"


def test_what_the_parser_lost_opens_it() -> None:
    account = settle([], visible="", lost_chars=4, fields={})
    assert account.residue == "lost by the parser: 4 characters"


@given(TAKEN, WORDS.filter(str.strip))
def test_what_was_left_on_purpose_stays_a_residue(taken: list[tuple[str, str]], left: str) -> None:
    pieces, visible, fields = sides(taken, [])
    piece = Piece("residue", "after the body", " ".join(left.split()))
    account = settle([*pieces, piece], visible=visible + left, lost_chars=0, fields=fields)
    assert account.residue == f"after the body: {piece.text}"


def test_pieces_come_in_the_sources_order_and_folded() -> None:
    claims = Claims()
    claims.drop("footer", "地址", AFTER_ALL)
    claims.take("headline", " 山城\n 夜雨 ", 1)
    claims.leave("after the body", "余下", 2)
    claims.take("kicker", "论丛", 0)
    claims.drop("masthead", "新报", BEFORE_ALL)
    claims.take("deck", " \u3000", 1)
    claims.take("byline", "张三", 1)
    assert [(piece.kind, piece.name, piece.text) for piece in claims.pieces] == [
        ("dropped", "masthead", "新报"),
        ("field", "kicker", "论丛"),
        ("field", "headline", "山城 夜雨"),
        ("field", "byline", "张三"),
        ("residue", "after the body", "余下"),
        ("dropped", "footer", "地址"),
    ]


@pytest.mark.parametrize("kind", ["dropped", "residue"])
def test_only_pieces_of_fields_are_compared_with_fields(kind: str) -> None:
    piece = Piece("field", "kicker", "论丛")
    other = replace(piece, kind=kind)
    assert settle([piece], visible="论丛", lost_chars=0, fields={"kicker": "论丛"}).is_closed
    account = settle([other], visible="论丛", lost_chars=0, fields={"kicker": "论丛"})
    assert "kicker differs from its source: 论丛" in (account.residue or "")
