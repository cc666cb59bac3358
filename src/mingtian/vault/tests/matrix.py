"""Who asks about a child, who decides, who reads the log."""

from mingtian.testing.make import NOW
from mingtian.testing.matrix import EVERYBODY, Key, Row, Rows, Who, World
from mingtian.vault.access import keep
from mingtian.vault.models import Child, Reading, Request
from mingtian.vault.rules import Purpose
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


def requests(world: World) -> dict[str, object]:
    """A request to read and a broken glass wait; the page itself has no variable part."""
    request("read")(world)
    request("glass")(world)
    return {}


def readings(world: World) -> dict[str, object]:
    """Somebody has read, and somebody was turned away."""
    number = child(world)["child"]
    with keep("make readings"):
        key = Child.objects.get(public_id=number).pk
        Reading.objects.create(
            at=NOW, user=world.people[W.CASE_WORKER].pk, child=key, classes="name,situation",
            purpose=Purpose.CASE_WORK,
        )  # fmt: skip
        Reading.objects.create(
            at=NOW, user=world.people[W.TOWN].pk, child=key, classes="situation",
            purpose=Purpose.SUPERVISING, refused=True,
        )  # fmt: skip
    return {}


def reason(_world: World) -> dict[str, object]:
    return {"reason": REASON, "days": 3, "basis": "guardian"}


LOG_READERS = frozenset(
    {W.CITY_AUDITOR, W.COUNTY, W.TOWN, W.VILLAGE, W.SCHOOL_OFFICE, W.FAR_COUNTY}
)

ROWS: Rows = {
    "vault:requests": Row(get=EVERYBODY, key=requests),
    "vault:readings": Row(
        get=LOG_READERS,
        key=readings,
        asked=lambda _world: {"first": "2023-09-17", "last": "2023-09-19"},
    ),
    "vault:readings-file": Row(get=LOG_READERS, key=lambda _world: {"form": "csv"}),
    "vault:decide": Row(post=DECIDING | {W.CASE_WORKER}, key=request("read")),
    "vault:review": Row(post=DECIDING | {W.CASE_WORKER}, key=request("glass")),
    "vault:ask": Row(get=SEEING, key=child),
    "vault:ask-to-read": Row(post=SEEING, key=child, sent=reason),
    "vault:break-glass": Row(post=SEEING, key=child, sent=reason),
    "vault:ask-to-erase": Row(post=SEEING, key=child, sent=reason),
}
"""Whoever asked sees the own request and is refused when deciding it, in words rather than by 404."""
