"""E-paper vendors' platforms, one a file: how their pages and addresses are written."""

from crawler.parse.layout import Layout
from crawler.platforms import founder_a, founder_c, page_folders

LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (page_folders.LAYOUT, founder_a.LAYOUT, founder_c.LAYOUT)
}
"""The platforms by the name that a paper's TOML file uses."""
