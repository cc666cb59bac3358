"""The sealer of this installation, and where a person's sealed fields belong.

The ingest path builds the same one from the same environment; both must agree on the
scope of a blind index (the person's unit) and on the place of a value.
"""

from functools import cache

from django.conf import settings

from mingtian.core.seal import Place, Sealer


@cache
def sealer() -> Sealer:
    """Return the sealer with the keys of the settings; built once."""
    return Sealer(settings.SEAL_KEYS, settings.INDEX_KEY)


def place_of(column: str, person_public_id: str) -> Place:
    """Return where a sealed ``name`` or ``number`` of a person belongs."""
    return Place("people_person", column, person_public_id)
