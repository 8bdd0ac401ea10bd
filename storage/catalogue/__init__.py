"""The catalogue: what the archive knows about papers, pages, articles, captures and gaps."""

from storage.catalogue.catalogue import Catalogue
from storage.catalogue.change import SavedAs
from storage.catalogue.fixity import Fixity
from storage.catalogue.gate import HostGate, SharedGate
from storage.catalogue.leases import Tenure
from storage.catalogue.reader import Counts, Reader
from storage.catalogue.searcher import Hit, Results, Searcher, Total
from storage.catalogue.selection import Selection
from storage.catalogue.writer import Writer

__all__ = [
    "Catalogue",
    "Counts",
    "Fixity",
    "Hit",
    "HostGate",
    "Reader",
    "Results",
    "SavedAs",
    "Searcher",
    "Selection",
    "SharedGate",
    "Tenure",
    "Total",
    "Writer",
]
