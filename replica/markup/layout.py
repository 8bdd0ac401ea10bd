"""The ways in which one page may be set, each by name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

from replica.chance import generator
from replica.truth import TrueArticle, TruePage


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One choice for each thing that varies between pages; see CHOICES for all names.

    `head`: the headline block in one cell, or a row for each part with classes font01/font02,
    bt1/bt2, or plain strong and span. `empties`: kept or left out where a part is missing.
    `encoding`: what is sent, what the meta element declares, what the header says.
    """

    head: Literal["cell", "rows-font", "rows-bt", "rows-plain"] = "cell"
    empties: Literal["kept", "omitted"] = "kept"
    paragraph: Literal["closed", "unclosed"] = "closed"
    indent: Literal["ideographic", "nbsp", "nbsp-mixed"] = "ideographic"
    wrapper: Literal["founder-content", "bare"] = "founder-content"
    comments: Literal["enpcontent", "none"] = "enpcontent"
    arrows: Literal["span", "font"] = "span"
    page_arrows: Literal["none", "span", "font"] = "none"
    emphasis: Literal["none", "strong", "font"] = "none"
    crosshead: Literal["bold", "centred", "plain"] = "bold"
    verse: Literal["bare-lines", "one-paragraph", "stanzas"] = "bare-lines"
    jump: Literal["own-paragraph", "in-paragraph"] = "own-paragraph"
    pictures: Literal["before-body", "in-body"] = "before-body"
    entities: Literal["few", "named", "numeric"] = "few"
    page_list: Literal["none", "hidden", "shown"] = "none"
    links: Literal["absolute", "relative"] = "absolute"
    area_title: Literal["alt", "text"] = "alt"
    map_case: Literal["same", "other"] = "same"
    bullet: Literal["plain", "linked"] = "plain"
    listed_break: Literal["space", "br"] = "space"
    ending: Literal["enpproperty", "none"] = "none"
    encoding: Literal["utf8", "utf8-charset", "utf8-gbk-meta", "gb18030", "gb18030-charset"] = (
        "utf8"
    )


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    field.name: get_args(field.type) for field in fields(Layout)
}
"""Every choice by the name of what varies, the default not necessarily first."""

_ENCODINGS: Final = ("utf8",) * 6 + ("utf8-charset", "utf8-gbk-meta", "gb18030", "gb18030-charset")


def article_layout(article: TrueArticle) -> Layout:
    """The layout that the site gives this article; the same whenever it is asked for."""
    return _drawn(f"{article.native_id}:{article.headline}:{article.page_name}")


def page_layout(page: TruePage) -> Layout:
    """The layout that the site gives this page index."""
    titles = ":".join(article.title for article in page.articles)
    return _drawn(f"{page.issue_date}:{page.page_no}:{titles}")


def _drawn(name: str) -> Layout:
    rng = generator("layout", name)
    drawn = {key: rng.choice(choices) for key, choices in CHOICES.items()}
    drawn["encoding"] = rng.choice(_ENCODINGS)
    return Layout(**drawn)  # type: ignore[arg-type]  # each value comes from its own choices
