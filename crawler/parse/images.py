"""Images of a page: which are pictures, and where they lie."""

import re

from lxml.html import HtmlElement

_ICON = re.compile(
    r"tplimg/|/(?:icon|button|spacer|blank|dot|line)[\w-]*\.(?:gif|png)|(?:^|/)\w{1,2}\.gif$",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp)$", re.IGNORECASE)
ICON_PX = 30


def source_of(image: HtmlElement) -> str:
    """The address of an image, that of its lazy loading where it has one; empty without."""
    lazy = next((v for k, v in image.items() if k.startswith("data-") and _FILE.search(v)), None)
    one_of = (image.get("srcset") or "").split(",")[0].split()
    return (lazy or image.get("src") or (one_of[0] if one_of else "")).strip()


def is_icon(image: HtmlElement) -> bool:
    """True for a bullet, a button or a spacer of the template, and for an image of nothing."""
    sizes = [image.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    if any(size.isdigit() and int(size) <= ICON_PX for size in sizes):
        return True
    source = source_of(image)
    return not source or image.get("usemap") is not None or bool(_ICON.search(source))
