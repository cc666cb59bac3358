"""The sealer of this installation, for every module that seals what it keeps.

The ingest path builds the same one from the same environment.
"""

from functools import cache

from django.conf import settings

from mingtian.core.seal import Sealer


@cache
def sealer() -> Sealer:
    """Return the sealer with the keys of the settings; built once."""
    return Sealer(settings.SEAL_KEYS, settings.INDEX_KEY)
