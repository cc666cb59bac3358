"""The sealer of this installation for Django, and where an appeal's sealed words belong."""

from functools import cache

from django.conf import settings

from mingtian.core.seal import Place, Sealer


@cache
def sealer() -> Sealer:
    """Return the sealer with the keys of the settings; built once."""
    return Sealer(settings.SEAL_KEYS, settings.INDEX_KEY)


def place_of_appeal(column: str, appeal_public_id: str) -> Place:
    """Return where a sealed ``text`` or ``answer`` of an appeal belongs."""
    return Place("attendance_appeal", column, appeal_public_id)
