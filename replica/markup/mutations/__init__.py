"""Pages as a redesign, a vendor's update or a mishap would leave them: from markup to markup.

Each mutation takes the text of a healthy index or article page and gives the changed text, or the
same text where the page has nothing that it changes, or where the change would leave no evidence:
what a newspaper may print so is no mutation. Pure: equal pages give equal pages.
"""

from collections.abc import Mapping
from typing import Final

from replica.markup.mutations.bodies import BODIES
from replica.markup.mutations.columns import COLUMNS
from replica.markup.mutations.edits import Mutation
from replica.markup.mutations.heads import HEADS
from replica.markup.mutations.labels import LABELS
from replica.markup.mutations.marks import MARKS
from replica.markup.mutations.plates import PLATES
from replica.markup.mutations.strangers import STRANGERS
from replica.markup.mutations.templates import TEMPLATES
from replica.markup.mutations.traps import TRAPS
from replica.markup.mutations.wholes import COMBINED, WHOLES

__all__ = ["MUTATIONS", "TEMPLATES", "Mutation"]

MUTATIONS: Final[Mapping[str, Mutation]] = {
    **LABELS,
    **MARKS,
    **COLUMNS,
    **HEADS,
    **BODIES,
    **STRANGERS,
    **PLATES,
    **TRAPS,
    **WHOLES,
    **COMBINED,
}
"""Every mutation by a name that says what it does."""
