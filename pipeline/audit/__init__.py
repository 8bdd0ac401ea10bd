"""Does an archive keep its promises 1 to 5? The checks are pure; Rounds gives them what there is."""

from pipeline.audit.breach import Audit, Breach
from pipeline.audit.rounds import Rounds, Thoroughness
from pipeline.audit.walk import Look

__all__ = ["Audit", "Breach", "Look", "Rounds", "Thoroughness"]
