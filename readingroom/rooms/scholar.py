"""An article's head for machines: what Zotero, crawlers of references and readers' tools look for."""

from collections.abc import Iterator

from press import citation
from press.record import ArticleRecord, Json
from readingroom.rooms.addresses import outside


def meta_tags(record: ArticleRecord) -> Iterator[tuple[str, str]]:
    """Names and contents for `<meta>`, in order; what the paper does not print is left out."""
    article = record.article
    yield "z:itemType", "newspaperArticle"  # else Zotero takes it for a journal's
    yield "citation_title", citation.title(article)
    for name in citation.authors(article):
        yield "citation_author", name
    yield "citation_publication_date", f"{article.issue_date:%Y/%m/%d}"
    yield "citation_journal_title", article.paper_name
    yield "citation_firstpage", str(article.page_no)
    if article.page_name:
        yield "citation_section", article.page_name
    yield "citation_language", "zh-CN"
    if (url := outside(article.url)) is not None:
        yield "citation_public_url", url


def news_article(record: ArticleRecord) -> dict[str, Json]:
    """schema.org's NewsArticle; what the paper does not print is left out."""
    article = record.article
    found: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": record.id,
        "headline": citation.title(article),
        "alternativeHeadline": article.deck,
        "author": [{"@type": "Person", "name": name} for name in citation.authors(article)],
        "datePublished": article.issue_date.isoformat(),
        "isPartOf": {"@type": "Newspaper", "name": article.paper_name},
        "printPage": str(article.page_no),
        "articleSection": article.page_name,
        "inLanguage": "zh-CN",
        "url": outside(article.url),
    }
    return {name: value for name, value in found.items() if value}
