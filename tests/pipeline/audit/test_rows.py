"""Damage to the catalogue: each kind is named, under its promise, and nothing else is."""

from dataclasses import dataclass
from typing import Any

import pytest

CHANGED, PLAIN, WITHDRAWN = "cqrb-20260110-007", "cqrb-20260108-007", "cqrb-20260107-007"
ABSENT, NO_ISSUE = "cqrb-20260106-007", "cqrb-20260109-007"
_LEDGER = "ledger WHERE issue_date = "
_ONE = f"(SELECT min(id) FROM articles WHERE page_id = '{PLAIN}')"
_TWO = f"(SELECT max(id) FROM articles WHERE page_id = '{PLAIN}')"
_REVISED = "(SELECT max(article_id) FROM revisions WHERE number = 2)"
_GONE = "(SELECT max(id) FROM articles WHERE status = 'withdrawn')"


@dataclass(frozen=True)
class Harm:
    """Statements, and the breaches that they must give: promise, subject, words of the sentence.

    A subject "one" stands for the article that was harmed.
    """

    name: str
    sql: tuple[str, ...]
    found: tuple[tuple[int, str, str], ...]


HARMS = [
    Harm("an index without a ledger entry", (f"DELETE FROM {_LEDGER}'2026-01-10'",),
         ((1, CHANGED, "the ledger has no entry"),)),
    Harm("an archived page that never was", ("UPDATE ledger SET state = 'archived' WHERE issue_date = '2026-01-06'",),
         ((1, ABSENT, "its index is not kept"),)),
    Harm("a page that is gone with live articles",
         ("UPDATE ledger SET state = 'no_such_page' WHERE issue_date = '2026-01-08'",
          f"UPDATE articles SET status = 'withdrawn', withdrawn_at = '2026-01-12', withdrawn_evidence = (SELECT max(evidence) FROM ledger) WHERE page_id = '{PLAIN}' AND id <> {_ONE}"),
         ((1, PLAIN, "stands on it"),)),
    Harm("a state that is no word", ("UPDATE ledger SET state = 'fine' WHERE issue_date = '2026-01-08'",),
         ((1, PLAIN, '"fine" is no state'),)),
    Harm("a retry without a time",
         ("UPDATE ledger SET state = 'retry', cause = 'soft_404' WHERE issue_date = '2026-01-06'",),
         ((1, ABSENT, "no time of the next attempt"),)),
    Harm("a time of an attempt that will not be",
         ("UPDATE ledger SET next_attempt_at = '2026-01-13 00:00:00' WHERE issue_date = '2026-01-06'",),
         ((1, ABSENT, "a time of the next attempt"),)),
    Harm("a retry without a cause",
         ("UPDATE ledger SET state = 'retry', next_attempt_at = '2026-01-13 00:00:00' WHERE issue_date = '2026-01-06'",),
         ((1, ABSENT, "has no cause"), (1, ABSENT, "still to be fetched"))),
    Harm("a state without evidence", ("UPDATE ledger SET evidence = NULL WHERE issue_date = '2026-01-09'",),
         ((1, NO_ISSUE, "cites no evidence"),)),
    Harm("evidence that is nowhere", ("UPDATE ledger SET evidence = 'ff' WHERE issue_date = '2026-01-09'",),
         ((1, NO_ISSUE, "evidence of its state not_published is not on the shelf"),)),
    Harm("an entry without its article", (f"UPDATE entries SET article_id = NULL WHERE article_id = {_ONE}",),
         ((1, PLAIN, "has no article"),)),
    Harm("an article lost with its revision",
         (f"UPDATE entries SET article_id = NULL WHERE article_id = {_ONE}",
          f"DELETE FROM accounts WHERE article_id = {_ONE}", f"DELETE FROM revisions WHERE article_id = {_ONE}",
          f"DELETE FROM articles WHERE id = {_ONE}"),
         ((1, PLAIN, "has no article"),)),
    Harm("a lost entry", (f"DELETE FROM entries WHERE article_id = {_ONE}",),
         ((1, PLAIN, "is stored, but not announced"), (1, PLAIN, "table of contents"))),
    Harm("an entry lost with its article",
         (f"DELETE FROM accounts WHERE article_id = {_ONE}", f"DELETE FROM revisions WHERE article_id = {_ONE}",
          f"DELETE FROM entries WHERE article_id = {_ONE}", f"DELETE FROM articles WHERE id = {_ONE}"),
         ((1, PLAIN, "table of contents"),)),
    Harm("a page that announces nothing",
         (f"DELETE FROM entries WHERE page_id = '{PLAIN}'", f"DELETE FROM accounts WHERE article_id LIKE '{PLAIN}%'",
          f"DELETE FROM revisions WHERE article_id LIKE '{PLAIN}%'", f"DELETE FROM articles WHERE page_id = '{PLAIN}'"),
         ((1, PLAIN, "announces no article"),)),
    Harm("an entry with another title", (f"UPDATE entries SET title = '别的' WHERE article_id = {_ONE}",),
         ((1, PLAIN, "table of contents"),)),
    Harm("two entries of one article", (f"UPDATE entries SET article_id = {_ONE} WHERE article_id = {_TWO}",),
         ((1, PLAIN, "another article"), (1, PLAIN, "several entries"), (5, "one", "its page announces it in"))),
    Harm("an announced article that is withdrawn",
         (f"UPDATE articles SET status = 'withdrawn', withdrawn_at = '2026-01-12', withdrawn_evidence = (SELECT max(evidence) FROM ledger) WHERE id = {_ONE}",),
         ((1, PLAIN, "which is withdrawn"),)),
    Harm("a withdrawn article that is live again",
         (f"UPDATE articles SET status = 'ok', withdrawn_at = NULL, withdrawn_evidence = NULL WHERE id = {_GONE}",),
         ((1, WITHDRAWN, "stored, but not announced"),)),
    Harm("an article on the capture of its page",
         (f"UPDATE revisions SET capture_id = (SELECT capture_id FROM pages WHERE id = '{PLAIN}') WHERE article_id = {_ONE}",),
         ((1, PLAIN, "no capture of its own"), (2, "one", "its account"), (2, "one", "another article"))),
    Harm("a residue on an archived page",
         ("""UPDATE revisions SET residue = '[["residue","unclaimed","灯"]]' WHERE article_id = """ + _ONE,
          """UPDATE accounts SET pieces = json_insert(pieces, '$[#]', json('["residue","unclaimed","灯"]')) WHERE article_id = """ + _ONE,
          f"UPDATE articles SET status = 'needs_review' WHERE id = {_ONE}"),
         ((1, PLAIN, "is in no field"), (2, "one", "another article"))),
    Harm("an article of another page", (f"UPDATE articles SET page_id = '{CHANGED}' WHERE id = {_ONE}",),
         ((1, PLAIN, "is not on the page"), (1, CHANGED, "not announced"), (5, "one", "not its own"))),
    Harm("a text without its blocks", (f"UPDATE revisions SET text = text || '。' WHERE article_id = {_ONE}",),
         ((2, "one", "text or char_count"),)),
    Harm("a wrong count", (f"UPDATE revisions SET char_count = char_count + 1 WHERE article_id = {_ONE}",),
         ((2, "one", "text or char_count"),)),
    Harm("an altered block",
         (f"UPDATE revisions SET blocks = json_set(blocks, '$[0].text', '改了。') WHERE article_id = {_ONE}",),
         ((2, "one", "content hash"), (2, "one", "text or char_count"), (2, "one", "blocks[0] has other"), (2, "one", "another article"))),
    Harm("an altered headline", (f"UPDATE revisions SET headline = '别的' WHERE article_id = {_ONE}",),
         ((2, "one", "content hash"), (2, "one", "headline has other"), (2, "one", "another article"))),
    Harm("an altered genre", (f"UPDATE revisions SET genre = 'notice' WHERE article_id = {_ONE}",),
         ((2, "one", "another article"),)),
    Harm("another content hash", (f"UPDATE revisions SET content_hash = 'v1:00' WHERE article_id = {_ONE}",),
         ((2, "one", "content hash"),)),
    Harm("a lost piece of the account",
         (f"UPDATE accounts SET pieces = json_remove(pieces, '$[0]') WHERE article_id = {_ONE}",),
         ((2, "one", "its account lacks"), (2, "one", "another article"))),
    Harm("an invented piece",
         ("""UPDATE accounts SET pieces = json_insert(pieces, '$[#]', json('["dropped","footer","龘"]')) WHERE article_id = """ + _ONE,),
         ((2, "one", "has invented 1 characters (龘)"), (2, "one", "another article"))),
    Harm("a lost account", (f"DELETE FROM accounts WHERE article_id = {_ONE}",), ((2, "one", "has no account"),)),
    Harm("a status that its account contradicts", (f"UPDATE articles SET status = 'needs_review' WHERE id = {_ONE}",),
         ((2, "one", "its account says otherwise"),)),
    Harm("a residue that its account does not have",
         ("""UPDATE revisions SET residue = '[["residue","unclaimed","灯"]]' WHERE article_id = """ + _ONE,),
         ((1, PLAIN, "is in no field"), (2, "one", "its residue"))),
    Harm("a current revision that is not the newest", (f"UPDATE articles SET revision = 1 WHERE id = {_REVISED}",),
         ((5, "one", "but 2 is newer"),)),
    Harm("a current revision that is not there", (f"UPDATE articles SET revision = 9 WHERE id = {_REVISED}",),
         ((5, "one", "current revision 9 is not there"),)),
    Harm("a lost revision",
         (f"DELETE FROM accounts WHERE article_id = {_REVISED} AND number = 1",
          f"DELETE FROM revisions WHERE article_id = {_REVISED} AND number = 1"),
         ((5, "one", "numbered 2, with a gap"),)),
    Harm("a revision told twice",
         (f"CREATE TABLE x AS SELECT * FROM revisions WHERE article_id = {_ONE}", "UPDATE x SET number = 2",
          "INSERT INTO revisions SELECT * FROM x", "DROP TABLE x",
          f"INSERT INTO accounts SELECT article_id, 2, pieces FROM accounts WHERE article_id = {_ONE}"),
         ((5, "one", "revisions 1 and 2 are the same"),)),
    Harm("an article in another place", (f'UPDATE articles SET "order" = 99 WHERE id = {_ONE}',),
         ((5, "one", "stands in place 99"),)),
    Harm("a tombstone without a time", (f"UPDATE articles SET withdrawn_at = NULL WHERE id = {_GONE}",),
         ((5, "one", "no time of withdrawal"),)),
    Harm("a time of withdrawal of a live article",
         (f"UPDATE articles SET withdrawn_at = '2026-01-12 00:00:00' WHERE id = {_ONE}",),
         ((5, "one", "a time of withdrawal"),)),
    Harm("a tombstone without evidence", (f"UPDATE articles SET withdrawn_evidence = NULL WHERE id = {_GONE}",),
         ((5, "one", "cites no evidence"),)),
    Harm("a tombstone whose evidence is nowhere", (f"UPDATE articles SET withdrawn_evidence = 'ff' WHERE id = {_GONE}",),
         ((5, "one", "not on the shelf"),)),
    Harm("a status that is no word", (f"UPDATE articles SET status = 'fine' WHERE id = {_ONE}",),
         ((2, "one", "its status is fine"), (5, "one", "is no status"))),
    Harm("a lost issue", ("DELETE FROM issues WHERE issue_date = '2026-01-10'",),
         ((4, f"pages {CHANGED}", "refers to a row of issues"),)),
    Harm("a row that holds no date", ("UPDATE ledger SET checked_at = 'soon' WHERE issue_date = '2026-01-06'",),
         ((4, "catalogue", "cannot be read"),)),
    Harm("blocks that are no JSON", (f"UPDATE revisions SET blocks = '[{{' WHERE article_id = {_ONE}",),
         ((4, "one", "cannot be read"),)),
]  # fmt: skip


def harmed(whole: Any, harm: Harm) -> str:
    """Does the harm; the id of the article that it names, "" for none."""
    for name in (_GONE, _REVISED, _ONE):
        if any(name in statement for statement in harm.sql):
            one = whole.ask(f"SELECT {name}")
            break
    else:
        one = ""
    if harm.name == "two entries of one article":
        one = whole.ask(f"SELECT {_ONE}")
    whole.sql(*harm.sql)
    return str(one)


def unmatched(breaches: list[Any], found: list[tuple[int, str, str]]) -> tuple[Any, Any]:
    """Breaches that no expectation has, and expectations that no breach fits."""

    def fits(breach: Any, one: tuple[int, str, str]) -> bool:
        return (breach.promise, breach.subject) == one[:2] and one[2] in breach.sentence

    return (
        [breach for breach in breaches if not any(fits(breach, one) for one in found)],
        [one for one in found if not any(fits(breach, one) for breach in breaches)],
    )


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.name.replace(" ", "_"))
def test_harm_to_the_catalogue_is_named(whole: Any, harm: Harm) -> None:
    one = harmed(whole, harm)
    found = [
        (promise, one if subject == "one" else subject, words)
        for promise, subject, words in harm.found
    ]
    breaches, audit = whole.audit()
    assert unmatched(breaches, found) == ([], [])
    assert audit.exit_code == 31
