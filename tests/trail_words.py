"""What the audit trail still tells as a code, of all that was noted in a test."""

import re

from django.utils import translation

from mingtian.core.ids import CROCKFORD
from mingtian.core.models import AuditEntry
from mingtian.staff.noted import told
from mingtian.staff.queries.trail import UNITS

CODES = re.compile(r"[a-z]+(_[a-z]+)*([, ][a-z]+(_[a-z]+)*)*")

OF_IDS = re.compile(f"[{CROCKFORD}]{{12}}(,[{CROCKFORD}]{{12}})*")
"""Public ids; now and then one has letters only."""

NO_CODES = (
    UNITS
    | {
        "digest": "a fingerprint",
        "form": "how files of this form end, as in the file's own name",
        "ledger.measure": "the code of a thing",
        "revision": "a fingerprint",
        "scale": "the name of a scale of points",
        "source": "a key that keeps a second click from posting twice",
        "user": "the name of an account",
    }.keys()
)
"""Keys whose texts may look like a code and are none; units are told by name on the page."""


def untold() -> list[str]:
    """Return the codes of which the trail's page has no words, each with its action and key."""
    with translation.override("zh-hans"):
        return sorted(
            {
                f"{entry.action}.{key}: {value}"
                for entry in AuditEntry.objects.all()
                for key, value in entry.detail.items()
                if isinstance(value, str)
                and not NO_CODES & {key, f"{entry.action.partition('.')[0]}.{key}"}
                and CODES.fullmatch(value)
                and not OF_IDS.fullmatch(value)
                and value in told(entry.action, {key: value})
            }
        )
