"""The truth about an invented issue: what its pages say, before any markup."""

from dataclasses import dataclass, replace
from datetime import date

from press.model import Block, Contributor, Entry, Genre, Picture, Zone
from replica import addresses

REVISIONS = ("", "据最新统计，到场人数已有更新。", "本稿较前一版有更正，数字以此为准。")
"""What the last paragraph gains in each version of an article that changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueArticle:
    """One story. The fields are those of press.model.Article; until it is placed, `page_no` is 0.

    `kind` names the sort of story (replica.stories.KINDS). `jump_line` and `resume_line` are as
    printed, "（下转第3版）" and "（上接第1版）", and stand in no block.
    """

    kind: str
    headline: str
    kicker: str | None = None
    deck: str | None = None
    byline: str | None = None
    contributors: tuple[Contributor, ...] = ()
    dateline: str | None = None
    genre: Genre = "article"
    blocks: tuple[Block, ...] = ()
    author_note: str | None = None
    page_credits: str | None = None
    pictures: tuple[Picture, ...] = ()
    jump_line: str | None = None
    resume_line: str | None = None
    continues_to: int | None = None
    continued_from: int | None = None
    listed: bool = True
    mapped: bool = True
    issue_date: date = date.min
    page_no: int = 0
    page_label: str = ""
    page_name: str = ""
    order: int = 0
    native_id: str = ""
    zones: tuple[Zone, ...] = ()

    @property
    def path(self) -> str:
        """The path of its page on the site."""
        return addresses.article_path(self.issue_date, self.page_no, self.native_id)

    @property
    def url(self) -> str:
        """Its address on the paper's real host."""
        return addresses.absolute(self.issue_date, self.path)

    @property
    def title(self) -> str:
        """The headline on one line, as title lists print it."""
        return self.headline.replace("\n", " ")

    @property
    def text(self) -> str:
        """The blocks' texts joined by newlines."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class TruePage:
    """One printed side; `articles` are in the order of its entries."""

    issue_date: date
    page_no: int
    page_label: str
    page_name: str
    articles: tuple[TrueArticle, ...]

    @property
    def path(self) -> str:
        """The path of its page index on the site."""
        return addresses.page_path(self.issue_date, self.page_no)

    @property
    def url(self) -> str:
        """The address of its page index on the paper's real host."""
        return addresses.absolute(self.issue_date, self.path)

    @property
    def lead(self) -> TrueArticle:
        """The first article with a paragraph; the first one where none has any."""
        told = (a for a in self.articles if any(b.type == "paragraph" for b in a.blocks))
        return next(told, self.articles[0])

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the page announces: the title list, then what only the image map knows.

        The image map of era 1 prints no titles, so what only it knows has none there.
        """
        silent = addresses.era_on(self.issue_date).number == 1
        return tuple(
            Entry(
                order=article.order,
                native_id=article.native_id,
                url=article.url,
                title=None if silent and not article.listed else article.title,
                listed=article.listed,
                mapped=article.mapped,
                zones=article.zones,
            )
            for article in self.articles
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueIssue:
    """What came out on one date; `pages` in printed order, not always all of 1 to 8."""

    issue_date: date
    pages: tuple[TruePage, ...]

    def page(self, page_no: int) -> TruePage | None:
        """The page of that number; None where the issue has none."""
        return next((page for page in self.pages if page.page_no == page_no), None)

    def article(self, native_id: str) -> TrueArticle | None:
        """The article of that id; None where the issue has none."""
        articles = (article for page in self.pages for article in page.articles)
        return next((article for article in articles if article.native_id == native_id), None)


def revised(article: TrueArticle, version: int) -> TrueArticle:
    """The article as it stands after that many changes (0 to 2); without a paragraph, as it is."""
    for index in range(len(article.blocks) - 1, -1, -1):
        block = article.blocks[index]
        if version and block.type == "paragraph":
            changed = replace(block, text=block.text + REVISIONS[version])
            blocks = (*article.blocks[:index], changed, *article.blocks[index + 1 :])
            return replace(article, blocks=blocks)
    return article
