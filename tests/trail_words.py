"""What the audit trail still tells as a code, of all that was noted in a test."""

import re

from django.utils import translation

from mingtian.core.models import AuditEntry
from mingtian.staff.noted import told
from mingtian.staff.queries.trail import UNITS

CODES = re.compile(r"[a-z]+(_[a-z]+)*([, ][a-z]+(_[a-z]+)*)*")

NO_CODES = (
    UNITS
    | {
        "attachment": "a public id",
        "by": "a public id",
        "campaign": "a public id",
        "child": "a public id",
        "digest": "a fingerprint",
        "document": "a public id",
        "duty": "a public id",
        "export": "a public id",
        "form": "how files of this form end, as in the file's own name",
        "fund": "a public id",
        "group": "a public id",
        "invitation": "a public id",
        "ledger.measure": "the code of a thing",
        "lists": "public ids",
        "meeting": "a public id",
        "partner": "a public id",
        "readiness.line": "a public id",
        "receipt": "a public id",
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
                and value in told(entry.action, {key: value})
            }
        )
