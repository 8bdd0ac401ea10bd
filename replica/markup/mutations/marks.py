"""Renamed, lost and exchanged marks: ids, classes, tags, comments."""

import re
from collections.abc import Mapping
from typing import Final

from replica.markup.mutations.edits import Mutation, around_body, in_head, in_list, swap, then

_BODY: Final = "<div id=ozoom"

MARKS: Final[Mapping[str, Mutation]] = {
    "body id renamed": swap(_BODY, "<div id=content"),
    "body id numbered": swap(_BODY, "<div id=ozoom1"),
    "body id in capitals": swap(_BODY, '<div id="OZOOM"'),
    "body id quoted with spaces": swap(_BODY, '<div id=" ozoom "'),
    "body id as class": swap(_BODY, "<div class=ozoom"),
    "body id as data attribute": swap(_BODY, "<div data-id=ozoom"),
    "body id on the cell": then(swap(_BODY, "<div"), swap("<td class=xilan_content>", "<td id=ozoom>")),
    "body id on the article's table": then(
        swap(_BODY, "<div"),
        swap('<table width="572" border=0 cellspacing=0', '<table id=ozoom width="572" border=0 cellspacing=0'),
    ),
    "body id on the page": then(swap(_BODY, "<div"), swap("<body ", "<body id=ozoom ")),
    "body id on the masthead too": swap('<div class="bt">', '<div class="bt" id=ozoom>'),
    "body id on the headline too": in_head(swap("<td", "<td id=ozoom", 1)),
    "body id on the footer": then(
        swap(_BODY, "<div"), swap("<table width=1000 align=center background", "<table id=ozoom width=1000 background")
    ),
    "body id on the list": then(swap(_BODY, "<div"), swap("<table width=100% border=0 cellpadding=2>", "<table id=ozoom>")),
    "body id dropped": swap(_BODY, "<div"),
    "body element is an article": around_body(
        then(swap("^<div id=ozoom", "<article id=ozoom"), swap("</div>$", "</article>"))
    ),
    "body element is a custom one": around_body(
        then(swap("^<div id=ozoom", "<story-body id=ozoom"), swap("</div>$", "</story-body>"))
    ),
    "body element is a span": around_body(
        then(swap("^<div id=ozoom", "<span id=ozoom"), swap("</div>$", "</span>"))
    ),
    "founder-content renamed": swap("founder-content>", "fz-content>"),
    "founder-content dropped": swap("</?founder-content>", ""),
    "all body marks dropped": then(swap(_BODY, "<div"), swap("</?founder-content>", "")),
    "all body marks renamed": then(swap(_BODY, "<div id=zoom"), swap("founder-content>", "fz-text>")),
    "founder-title dropped": swap("</?founder-title>", ""),
    "founder-title renamed": swap("founder-title>", "fz-title>"),
    "enpcontent comments dropped": swap("<!--/?enpcontent-->", ""),
    "enpcontent comments swapped": then(
        swap("<!--enpcontent-->", "<!--x-->"), swap("<!--/enpcontent-->", "<!--enpcontent-->")
    ),
    "enpcontent ends early": around_body(
        then(swap("<!--/enpcontent-->", ""), swap("</p>|<p>", lambda found: found[0] + "<!--/enpcontent-->", 1))
    ),
    "property comment dropped": swap("<!--enpproperty.*?-->", ""),
    "headline classes renamed": swap("class=\"(?:font|bt)0?([124])\"", r'class="head-\1"'),
    "headline classes swapped": then(
        swap('class="(font0|bt)1"', r'class="\g<1>X"'),
        swap('class="(font0|bt)2"', r'class="\g<1>1"'),
        swap('class="(font0|bt)X"', r'class="\g<1>2"'),
    ),
    "headline classes dropped": in_head(swap(" class=\"[^\"]*\"", "")),
    "headline classes doubled": in_head(swap("class=\"([^\"]*)\"", r'class="\1 title"')),
    "all classes dropped": swap(r" class=(?:\"[^\"]*\"|[\w-]+)", ""),
    "all ids dropped": swap(r" id=(?:\"[^\"]*\"|'[^']*'|[\w-]+)", ""),
    "all attributes of cells dropped": swap(r"<(td|tr|table|span|strong)\s[^<>]*>", r"<\1>"),
    "all styles dropped": swap(r" style=(?:\"[^\"]*\"|'[^']*')", ""),
    "all tags in capitals": swap(r"</?[a-z][a-z0-9-]*", lambda found: found[0].upper()),
    "all tags in small letters": swap(r"</?[a-z][a-z0-9-]*", lambda found: found[0].lower()),
    "map renamed": then(swap('NAME="PagePicMap"', 'NAME="PageMap"'), swap("USEMAP=#pagepicmap", "USEMAP=#PageMap")),
    "map renamed, image not": swap('NAME="PagePicMap"', 'NAME="PageMap"'),
    "map named by its id": swap('MAP NAME="PagePicMap"', 'MAP id="PagePicMap"'),
    "map's name dropped": swap('<MAP NAME="PagePicMap">', "<MAP>"),
    "image lost its map": swap(r" USEMAP=#\w+", ""),
    "title rows lost their ids": in_list(swap(r"<div id=mp\d+ style=\"[^\"]*\">(.*?)</div>", r"\1")),
    "title rows hidden": in_list(swap("display:inline", "display:none")),
    "toolbar dropped": swap(r"<table width=572 border=0>.*?</table>\n", ""),
    "toolbar's words changed": swap(
        r"<table width=572 border=0>.*?</table>\n",
        lambda found: re.sub("放大|缩小|默认", "A", found[0].replace("一篇", "一条")),
    ),
    "toolbar as icons": then(
        swap("<a href=\"javascript:[^>]*>[^<]*</a>", "<a href=#><img src=/tplimg/t.gif></a>"),
        swap("(<a class=preart[^>]*>)[上下]一篇", r"\1<img src=/tplimg/n.gif>"),
    ),
    "printed date dropped": swap(r"<td width=?\"?268\"? class=px12>.*?</td>", "<td></td>"),
    "printed date in digits": swap(
        r"<span>(\d{4})</span> 年 <span>(\d\d)</span> 月 <span>(\d\d)</span> 日 星期", r"\1-\2-\3"
    ),
    "masthead dropped": swap(r"<table width=\"100%\" border=0><tr><td align=center class=px14>.*?</table>", ""),
    "footer dropped": swap(r"<table width=1000 align=center background.*?</table>", ""),
}  # fmt: skip
"""What a template's names and marks may turn into."""
