"""An article that its page no longer announces is marked, and kept."""

from datetime import timedelta

from sqlalchemy import select

from press.account import Account, Piece
from press.keys import PageKey
from storage.catalogue import Selection
from storage.catalogue.models import ArticleRow
from tests.storage.samples import DAY, KEY, PARSER, READ_AT, a_capture, an_article

EVIDENCE, LATER_EVIDENCE = "e" * 64, "f" * 64
LATER = READ_AT + timedelta(days=1)
ONE, TWO = "cqrb-20310203-007-353117", "cqrb-20310203-007-353118"
RESIDUE = Account((Piece("residue", "", "没有着落的字"),))


def save(catalogue, *articles, body="article", hours=2):
    with catalogue.writing() as writer:
        capture = a_capture(body, hours=hours)
        return [writer.save_article(one, capture, PARSER, READ_AT) for one in articles]


def settle(catalogue, *announced, key=KEY, evidence=EVIDENCE, now=READ_AT):
    with catalogue.writing() as writer:
        return writer.settle_articles(key, announced, evidence, now)


def status(catalogue, article_id=ONE):
    with catalogue.reading() as reader:
        return reader.article(article_id).status


def stone(catalogue, article_id=ONE):
    with catalogue.database.reading() as session:
        columns = (ArticleRow.status, ArticleRow.withdrawn_at, ArticleRow.withdrawn_evidence)
        return session.execute(select(*columns).where(ArticleRow.id == article_id)).one()


def two_articles(catalogue):
    save(catalogue, an_article("353117"), an_article("353118", order=2, headline="乙"))


def test_what_is_no_longer_announced_is_withdrawn_with_its_evidence(catalogue):
    two_articles(catalogue)
    assert settle(catalogue, "353118") == (ONE,)
    assert stone(catalogue) == ("withdrawn", READ_AT, EVIDENCE)
    assert stone(catalogue, TWO) == ("ok", None, None)
    with catalogue.reading() as reader:
        assert reader.withdrawn_articles(KEY) == (ONE,)


def test_a_withdrawn_article_is_still_there_to_be_read(catalogue):
    two_articles(catalogue)
    settle(catalogue, "353118")
    with catalogue.reading() as reader:
        kept = list(reader.articles(Selection(status="withdrawn")))
    assert [one.article for one in kept] == [an_article("353117", account=Account(()))]


def test_a_page_that_announces_nothing_withdraws_its_articles_in_their_order(catalogue):
    save(catalogue, an_article("353118", order=2, headline="乙"), an_article("353117"))
    assert settle(catalogue) == (ONE, TWO)


def test_settling_again_changes_nothing_and_keeps_the_first_evidence(catalogue):
    two_articles(catalogue)
    settle(catalogue, "353118")
    assert settle(catalogue, "353118", evidence=LATER_EVIDENCE, now=LATER) == ()
    assert stone(catalogue) == ("withdrawn", READ_AT, EVIDENCE)


def test_an_article_that_is_announced_again_loses_its_tombstone(catalogue):
    two_articles(catalogue)
    settle(catalogue, "353118")
    assert settle(catalogue, "353117", "353118", now=LATER) == ()
    assert stone(catalogue) == ("ok", None, None)
    with catalogue.reading() as reader:
        assert reader.withdrawn_articles(KEY) == ()


def test_one_with_a_residue_comes_back_to_be_reviewed(catalogue):
    save(catalogue, an_article("353117", account=RESIDUE))
    settle(catalogue)
    settle(catalogue, "353117")
    assert status(catalogue) == "needs_review"


def test_one_that_goes_a_second_time_gets_the_second_evidence(catalogue):
    save(catalogue, an_article("353117"))
    settle(catalogue)
    settle(catalogue, "353117")
    assert settle(catalogue, evidence=LATER_EVIDENCE, now=LATER) == (ONE,)
    assert stone(catalogue) == ("withdrawn", LATER, LATER_EVIDENCE)


def test_a_new_revision_of_a_withdrawn_article_stays_withdrawn_until_its_page_announces_it(
    catalogue,
):
    save(catalogue, an_article("353117"))
    settle(catalogue)
    assert save(catalogue, an_article("353117", headline="改"), body="new", hours=5) == ["revised"]
    assert stone(catalogue) == ("withdrawn", READ_AT, EVIDENCE)
    settle(catalogue, "353117", now=LATER)
    with catalogue.reading() as reader:
        record = reader.article(ONE)
    assert (record.status, record.revision, record.article.headline) == ("ok", 2, "改")


def test_a_withdrawn_article_that_a_better_parser_reads_stays_withdrawn(catalogue):
    save(catalogue, an_article("353117", account=RESIDUE))
    settle(catalogue)
    assert save(catalogue, an_article("353117")) == ["reparsed"]
    assert stone(catalogue) == ("withdrawn", READ_AT, EVIDENCE)


def test_in_one_transaction_a_revision_and_its_announcement_agree(catalogue):
    save(catalogue, an_article("353117"))
    settle(catalogue)
    with catalogue.writing() as writer:
        article = an_article("353117", account=RESIDUE, headline="改")
        writer.save_article(article, a_capture("new", hours=5), PARSER, LATER)
        writer.settle_articles(KEY, {"353117"}, LATER_EVIDENCE, LATER)
    assert stone(catalogue) == ("needs_review", None, None)


def test_articles_of_a_dump_were_never_announced_and_stay_as_they_are(catalogue):
    save(catalogue, an_article(None, headline="只在文本里"))
    assert settle(catalogue) == ()
    with catalogue.reading() as reader:
        (record,) = reader.articles(Selection())
    assert record.status == "ok"


def test_another_pages_articles_are_not_touched(catalogue):
    two_articles(catalogue)
    save(catalogue, an_article("353117", page_no=8), body="eight", hours=3)
    assert settle(catalogue, key=PageKey("cqrb", DAY, 8)) == ("cqrb-20310203-008-353117",)
    assert status(catalogue) == "ok"
