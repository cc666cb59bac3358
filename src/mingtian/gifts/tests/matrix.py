"""Who records gifts, who decides, who carries. Cashiers, schools and the city find nothing."""

from mingtian.core.ids import public_id
from mingtian.gifts.models import Donor, Gift, HandOver, Need, Partner, Round
from mingtian.gifts.sealing import seal_donor
from mingtian.testing.make import DAY, NOW
from mingtian.testing.matrix import Row, Rows, Who, World
from mingtian.vault.access import keep
from mingtian.vault.models import Child

W = Who
HERE = frozenset({W.COUNTY, W.TOWN, W.VILLAGE, W.CASE_WORKER})
"""Offices up to the county and the case worker: the village's gifts."""

OFFICES_HERE = frozenset({W.COUNTY, W.TOWN, W.VILLAGE})
FAR = frozenset({W.FAR_COUNTY, W.FAR_CASE_WORKER})
RECORDING = HERE | FAR
OFFICES = OFFICES_HERE | {W.FAR_COUNTY}
CARRYING = frozenset({W.CASE_WORKER, W.HELPER, W.FAR_CASE_WORKER})


def _gift(world: World) -> Gift:
    unit, by, own = world.tree.village, world.people[W.VILLAGE], public_id()
    donor = Donor.objects.create(
        public_id=own, unit=unit, kind="person", unnamed=False, noted_by=by, noted_at=NOW,
        name=seal_donor(own, "name", "周望舒"), contact=seal_donor(own, "contact", ""),
    )  # fmt: skip
    return Gift.objects.create(
        public_id=public_id(), unit=unit, county=world.tree.county, year=2023,
        number=Gift.objects.count() + 1,
        donor=donor, kind="money", tag="other", received_on=DAY, amount=100_00, receiver="慈善总会",
        receipt="A1", receipt_on=DAY, noted_by=by, noted_at=NOW,
    )  # fmt: skip


def gift(world: World) -> dict[str, object]:
    return {"gift": _gift(world).public_id}


def receipt(world: World) -> dict[str, object]:
    return gift(world) | {"form": "docx"}


def donor(world: World) -> dict[str, object]:
    return {"donor": _gift(world).donor.public_id}


def statement(world: World) -> dict[str, object]:
    return donor(world) | {"form": "csv"}


def _round(world: World) -> Round:
    return Round.objects.create(
        unit=world.tree.village, county=world.tree.county, title=f"慰问{Round.objects.count() + 1}",
        tag="other", goes_on=DAY,
        noted_by=world.people[W.VILLAGE], noted_at=NOW,
    )  # fmt: skip


def going(world: World) -> dict[str, object]:
    return {"going": _round(world).public_id}


def round_file(world: World) -> dict[str, object]:
    return going(world) | {"form": "csv"}


def handover(world: World) -> dict[str, object]:
    made = _round(world)
    with keep("make a hand-over"):
        child = Child.objects.create(unit=world.tree.village, admitted_at=NOW)
        row = HandOver.objects.create(
            round=made, unit=made.unit, child=child, planned_by=world.people[W.VILLAGE],
            planned_at=NOW,
        )  # fmt: skip
    return {"handover": row.public_id}


def need(world: World) -> dict[str, object]:
    with keep("make a need"):
        child = Child.objects.create(unit=world.tree.village, admitted_at=NOW)
        row = Need.objects.create(
            child=child, unit=world.tree.village, county=world.tree.county, thing="coat",
            written_by=world.people[W.CASE_WORKER], written_at=NOW,
        )  # fmt: skip
    return {"need": row.public_id}


def partner(world: World) -> dict[str, object]:
    row = Partner.objects.create(unit=world.tree.county, name="慈善总会", noted_at=NOW)
    return {"partner": row.public_id, "form": "csv"}


def goods(_world: World) -> dict[str, object]:
    return {"kind": "goods"}


def money(_world: World) -> dict[str, object]:
    return {"kind": "money"}


def as_csv(_world: World) -> dict[str, object]:
    return {"form": "csv"}


ROWS: Rows = {
    "gifts:index": Row(get=RECORDING | CARRYING),
    "gifts:stock-file": Row(get=RECORDING, key=as_csv),
    "gifts:items": Row(get=RECORDING, post=RECORDING),
    "gifts:move": Row(get=RECORDING, post=RECORDING),
    "gifts:new": [
        Row(get=RECORDING, post=RECORDING, key=goods),
        Row(get=RECORDING, post=RECORDING, key=money),
    ],
    "gifts:list": Row(get=RECORDING),
    "gifts:list-file": Row(get=RECORDING, key=as_csv),
    "gifts:gift": Row(get=HERE, key=gift),
    "gifts:receipt": Row(get=HERE, key=receipt),
    "gifts:undo": Row(post=OFFICES_HERE, key=gift),
    "gifts:donors": Row(get=RECORDING),
    "gifts:donor": Row(get=HERE, key=donor),
    "gifts:statement": Row(get=HERE, key=statement),
    "gifts:drives": Row(get=RECORDING, post=OFFICES),
    "gifts:partners": Row(get=RECORDING, post=OFFICES),
    "gifts:hand-out": Row(post=OFFICES_HERE, key=partner),
    "gifts:rounds": Row(get=RECORDING, post=RECORDING),
    "gifts:round": Row(get=HERE, post=HERE, key=going),
    "gifts:round-file": Row(get=HERE, key=round_file),
    "gifts:sign-off": Row(get=HERE, key=handover),
    "gifts:hand-undo": Row(post=OFFICES_HERE, key=handover),
    "gifts:carry": Row(get=CARRYING),
    "gifts:hand-over": Row(get=frozenset(), post=frozenset(), key=handover),
    "gifts:not-given": Row(post=HERE, key=handover),
    "gifts:confirming": Row(get=RECORDING | CARRYING),
    "gifts:confirm": Row(post=HERE, key=handover),
    "gifts:needs": Row(get=RECORDING),
    "gifts:need-new": Row(get=CARRYING - {W.HELPER}, post=CARRYING - {W.HELPER}),
    "gifts:release": Row(post=OFFICES_HERE, key=need),
    "gifts:withdraw": Row(post=OFFICES_HERE, key=need),
    "gifts:met": Row(post=OFFICES_HERE, key=need),
}
"""A hand-over's own page opens to whoever has a part in the child's life alone; here nobody has."""
