"""For what children of the register wait: of their workers, and of the offices of their places."""

from enum import StrEnum


class Waiting(StrEnum):
    """For what a child of the register waits (SQL ``children_waiting``, ``children_settling``)."""

    CONSENT = "consent"
    OWN_CONSENT = "own_consent"
    OUTGROWN = "outgrown"
    MOVED = "moved"
    WITHOUT_WORKER = "without_worker"
    FAR = "far"
