"""Who asks about a child, who decides, who reads the log."""

from mingtian.testing.make import NOW
from mingtian.testing.matrix import EVERYBODY, Key, Row, Rows, Who, World
from mingtian.vault.access import keep
from mingtian.vault.models import Child, Request
from mingtian.vault.sealing import seal_reason

W = Who
SEEING = frozenset({W.COUNTY, W.TOWN, W.VILLAGE, W.CASE_WORKER})
"""Who sees that there is a child in the village: its offices up to the county, and its case worker."""

DECIDING = frozenset({W.COUNTY, W.TOWN, W.VILLAGE})
REASON = "家长报告孩子夜里没有回家"


def child(world: World) -> dict[str, object]:
    """A child of the village."""
    with keep("make a child"):
        made = Child.objects.create(unit=world.tree.village, admitted_at=NOW)
    return {"child": made.public_id}


def request(kind: str) -> Key:
    """Return the key of a request about a child of the village, made by somebody of the town."""

    def key(world: World) -> dict[str, object]:
        with keep("make a request"):
            made = Request(
                child=Child.objects.create(
                    unit=world.tree.village, admitted_at=NOW
                ),
                kind=kind, days=3, asked_by=world.people[W.CASE_WORKER],
                asked_at=NOW, granted=True if kind == "glass" else None,
            )  # fmt: skip
            made.reason = seal_reason(made.public_id, REASON)
            made.save()
        return {"asked": made.public_id}

    return key


def reason(_world: World) -> dict[str, object]:
    return {"reason": REASON, "days": 3, "basis": "guardian"}


LOG_READERS = frozenset(
    {W.CITY_AUDITOR, W.COUNTY, W.TOWN, W.VILLAGE, W.SCHOOL_OFFICE, W.FAR_COUNTY}
)

ROWS: Rows = {
    "vault:requests": Row(get=EVERYBODY),
    "vault:readings": Row(get=LOG_READERS),
    "vault:readings-file": Row(get=LOG_READERS, key=lambda _world: {"form": "csv"}),
    "vault:decide": Row(post=DECIDING | {W.CASE_WORKER}, key=request("read")),
    "vault:review": Row(post=DECIDING | {W.CASE_WORKER}, key=request("glass")),
    "vault:ask": Row(get=SEEING, key=child),
    "vault:ask-to-read": Row(post=SEEING, key=child, sent=reason),
    "vault:break-glass": Row(post=SEEING, key=child, sent=reason),
    "vault:ask-to-erase": Row(post=SEEING, key=child, sent=reason),
}
"""Whoever asked sees the own request and is refused when deciding it, in words rather than by 404."""
