"""The account: what is closed, what is left over, and how characters are counted."""

from hypothesis import given
from hypothesis import strategies as st

from press.account import Account, Piece, visible_count
from tests.strategies import ACCOUNTS, TEXTS

TAKEN = Piece("field", "headline", "山城 夜雨")
DROPPED = Piece("dropped", "toolbar", "放大 缩小")
LEFT = Piece("residue", "after the body", "余下")


def test_an_account_without_pieces_is_closed_and_leaves_nothing() -> None:
    assert Account().is_closed
    assert Account().residue is None
    assert Account().count("field") == 0


def test_fields_and_dropped_pieces_close_an_account() -> None:
    account = Account((TAKEN, DROPPED))
    assert account.is_closed
    assert account.residue is None


def test_one_residue_opens_an_account_and_is_named() -> None:
    account = Account((TAKEN, LEFT, DROPPED, Piece("residue", "invented", "字")))
    assert not account.is_closed
    assert account.residue == "after the body: 余下\ninvented: 字"


def test_each_kind_is_counted_without_white_space() -> None:
    account = Account((TAKEN, LEFT, DROPPED, DROPPED))
    assert [account.count(kind) for kind in ("field", "dropped", "residue")] == [4, 8, 2]


@given(ACCOUNTS)
def test_an_account_is_closed_exactly_when_it_has_no_residue(account: Account) -> None:
    assert account.is_closed == (account.residue is None)


@given(TEXTS, st.text(" \t\r\n\u3000\xa0", max_size=9), TEXTS)
def test_white_space_never_counts(before: str, space: str, after: str) -> None:
    assert visible_count(before + space + after) == visible_count(before) + visible_count(after)
    assert visible_count(space) == 0
