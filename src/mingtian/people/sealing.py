"""Where a person's sealed fields belong.

The ingest path looks for the same blind indexes; both must agree on the scope of an index (the
person's unit) and on the place of a value.
"""

from mingtian.core.seal import Place
from mingtian.core.sealing import sealer

__all__ = ["place_of", "sealer"]


def place_of(column: str, person_public_id: str) -> Place:
    """Return where a sealed ``name`` or ``number`` of a person belongs."""
    return Place("people_person", column, person_public_id)
