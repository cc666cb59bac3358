"""An evening to test with: the small world, its rosters, an open campaign, one lecture."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from mingtian.campaigns.models import Campaign, LearningCode, Lecture
from mingtian.core.clock import milliseconds
from mingtian.people.models import Person
from mingtian.people.rules import CONSENT_VERSION
from mingtian.testing.make import DAY, NOW, Tree, invented_name, make_pupils, make_tree

STARTS = NOW + timedelta(hours=1)
SLOT_MS = 60_000
NEEDED = 40

_phones = count(1)


def new_phone() -> str:
    """Return the 22 characters of a phone that nobody else has."""
    return urlsafe_b64encode(next(_phones).to_bytes(16, "big")).rstrip(b"=").decode()


@dataclass(frozen=True, kw_only=True)
class Evening:
    """Class 1 has ten pupils and the code ``c1ass001``; the village has ``v111age1``."""

    tree: Tree
    campaign: Campaign
    lecture: Lecture
    pupils: list[Person]

    def at(self, slot: float) -> int:
        """Return the instant, in milliseconds, when a slot begins; negative before the start."""
        return milliseconds(STARTS) + round(slot * SLOT_MS)

    def entry(self, *children: int, **changes: Any) -> dict[str, Any]:
        """Return the body of an entry for these children of Class 1, counted from 0."""
        people = [{"number": str(n + 1), "name": invented_name(n)} for n in children]
        body = {"code": "c1ass001", "phone": new_phone(), "people": people} | changes
        by = "self" if body["code"] in {"teacher1", "v111age1"} else "guardian"
        return {"consent": {"version": CONSENT_VERSION, "by": by}} | body

    def beat(self, seat: str, live: int = 0, **changes: Any) -> dict[str, Any]:
        """Return the body of a beat."""
        return {"seat": seat, "lecture": self.lecture.pk, "live": f"{live:x}"} | changes


def make_evening(*, pupils: int = 10) -> Evening:
    """Make it through the tables themselves: what is tested is what comes after."""
    tree = make_tree()
    campaign = Campaign.objects.create(
        name="关爱明天、普法先行", name_en="Care for tomorrow, law first", scope=tree.city,
        mandate_issuer="省关工委", mandate_issuer_en="Provincial Care Committee",
        mandate_number=20, mandate_year=DAY.year, mandate_on=DAY,
        first_on=DAY, last_on=DAY + timedelta(days=7), kinds=[1, 2, 3, 4], needed_slots=NEEDED,
        state="open", opened_at=NOW, replay_until=NOW + timedelta(days=20),
    )  # fmt: skip
    lecture = Lecture.objects.create(
        campaign=campaign, number=1, held_on=DAY, title="未成年人保护法", title_en="Minors",
        doors_at=STARTS - timedelta(minutes=10), starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=1), closes_at=STARTS + timedelta(hours=16),
    )  # fmt: skip
    for code, unit, audience in (
        ("c1ass001", tree.class_one, "class"),
        ("c1ass002", tree.class_two, "class"),
        ("teacher1", tree.teachers, "staff_group"),
        ("v111age1", tree.village, "community"),
    ):
        LearningCode.objects.create(
            code=code, campaign=campaign, unit=unit, audience=audience, issued_at=NOW
        )
    return Evening(
        tree=tree, campaign=campaign, lecture=lecture, pupils=make_pupils(tree.class_one, pupils)
    )
