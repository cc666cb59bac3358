"""Where a person's sealed fields belong.

The ingest path looks for the same blind indexes; both must agree on the scope of an index (the
person's unit) and on the place of a value.
"""

from mingtian.core.seal import Place, SealBroken
from mingtian.core.sealing import sealer
from mingtian.people.models import Person

__all__ = ["opened", "place_of", "sealer"]


def place_of(column: str, person_public_id: str) -> Place:
    """Return where a sealed ``name`` or ``number`` of a person belongs."""
    return Place("people_person", column, person_public_id)


def opened(person: Person, column: str) -> str:
    """Return the sealed ``name`` or ``number`` of somebody on a roster."""
    sealed = person.name_sealed if column == "name" else person.number_sealed
    if sealed is None:
        raise SealBroken("This person has no sealed field.")
    return sealer().open(bytes(sealed), place_of(column, person.public_id))
