"""The truth as records: what an archive of the invented paper must come to."""

from press.record import Json, block_json, zones_json
from replica import addresses
from replica.truth import TrueArticle, TrueIssue, TruePage


def true_record(article: TrueArticle) -> dict[str, Json]:
    """The keys of press.record.article_json that the source itself determines, in that order.

    Left out: id, status, revision, the times, capture and parser. `residue` is None: the truth
    leaves nothing over.
    """
    return {
        "paper": addresses.PAPER,
        "paper_name": addresses.PAPER_NAME,
        "issue_date": article.issue_date.isoformat(),
        "page_no": article.page_no,
        "page_label": article.page_label,
        "page_name": article.page_name,
        "order": article.order,
        "native_id": article.native_id,
        "url": article.url,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "column": None,
        "byline": article.byline,
        "contributors": [{"name": c.name, "role": c.role} for c in article.contributors],
        "dateline": article.dateline,
        "genre": article.genre,
        "blocks": [block_json(block) for block in article.blocks],
        "text": article.text,
        "author_note": article.author_note,
        "page_credits": article.page_credits,
        "pictures": [
            {"order": p.order, "url": p.url, "caption": p.caption, "credit": p.credit}
            for p in article.pictures
        ],
        "zones": zones_json(article.zones),
        "continues_to": article.continues_to,
        "continued_from": article.continued_from,
        "char_count": len("".join(article.text.split())),
        "residue": None,
    }


def true_page_record(page: TruePage, issue: TrueIssue) -> dict[str, Json]:
    """The keys of press.record.page_json that the source itself determines, in that order.

    Left out: id, articles, fetched_at and capture.
    """
    day, page_no = page.issue_date, page.page_no
    numbers = [other.page_no for other in issue.pages]
    at = numbers.index(page_no)
    return {
        "paper": addresses.PAPER,
        "paper_name": addresses.PAPER_NAME,
        "issue_date": day.isoformat(),
        "page_no": page_no,
        "page_label": page.page_label,
        "page_name": page.page_name,
        "url": page.url,
        "facsimile_url": addresses.absolute(day, addresses.page_file_path(day, page_no, "jpg")),
        "pdf_url": addresses.absolute(day, addresses.page_file_path(day, page_no, "pdf")),
        "previous_url": issue.pages[at - 1].url if at > 0 else None,
        "next_url": issue.pages[at + 1].url if at + 1 < len(issue.pages) else None,
        "headlines": [entry.title for entry in page.entries if entry.title is not None],
        "entries": [
            {
                "order": entry.order,
                "native_id": entry.native_id,
                "url": entry.url,
                "title": entry.title,
                "listed": entry.listed,
                "mapped": entry.mapped,
                "zones": zones_json(entry.zones),
            }
            for entry in page.entries
        ],
        "pages": [
            {
                "page_no": other.page_no,
                "page_label": other.page_label,
                "page_name": other.page_name,
                "url": other.url,
                "pdf_url": addresses.absolute(
                    day, addresses.page_file_path(day, other.page_no, "pdf")
                ),
            }
            for other in issue.pages
        ],
    }
