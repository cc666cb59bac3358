"""How far persons have come towards a certificate, and what is still missing (CER-1)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mingtian.attendance.rules import SLOTS
from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.certificates.models import Certificate
from mingtian.certificates.queries.demands import list_demands
from mingtian.certificates.rules import (
    Demand,
    Evening,
    Lock,
    Reached,
    RevokedFor,
    grouped_serial,
    least_evenings,
    locks,
    reached,
)
from mingtian.certificates.statements import fetch, statement
from mingtian.people.queries import list_persons


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """One person in one campaign. ``serial`` is empty while the certificate is locked.

    ``evenings`` and ``slots`` are those of the whole campaign; ``ended`` of them are over.
    ``replays_help``: they count by the rule and can still be watched. ``revoked`` is why an earlier certificate was taken back, empty when none was.
    """

    person_id: int
    kind: int
    kin: str
    demand: Demand
    reached: Reached
    locks: tuple[Lock, ...]
    evenings: int
    ended: int
    replays_help: bool
    serial: str = ""
    unlocked_at: datetime | None = None
    revoked: str = ""

    @property
    def slots(self) -> int:
        return self.evenings * SLOTS

    @property
    def unlocked(self) -> bool:
        return bool(self.serial)

    @property
    def waits(self) -> bool:
        """Everything is there, also after a correction; it comes with the next unlocking."""
        again = self.revoked in ("", RevokedFor.CORRECTION)
        return not self.serial and not self.locks and again

    @property
    def grouped(self) -> str:
        return grouped_serial(self.serial)

    @property
    def missing(self) -> dict[str, int]:
        """How much is missing of what the rule asks, by the word of the lock."""
        pairs = (
            (Lock.EVENINGS, self.demand.evenings - self.reached.evenings),
            (Lock.SLOTS, self.demand.slots - self.reached.slots),
            (Lock.COMPLETED, self.demand.completed - self.reached.completed),
        )
        return {lock.value: number for lock, number in pairs if number > 0}

    @property
    def out_of_reach(self) -> bool:
        """The evenings still to come are too few."""
        lacking = Demand(
            evenings=self.missing.get(Lock.EVENINGS, 0),
            slots=self.missing.get(Lock.SLOTS, 0),
            completed=self.missing.get(Lock.COMPLETED, 0),
        )
        few = least_evenings(lacking) > self.evenings - self.ended
        return few and not self.serial and not self.replays_help


def progress_of(
    person_ids: Collection[int], campaign: CampaignRow, now: datetime
) -> list[Progress]:
    """Return the progress of persons whose kind may take part, in the order of their keys.

    Five queries, however many persons. Evenings count once they have ended.
    """
    lectures = list_lectures(campaign.id)
    ended = [each.id for each in lectures if each.ends_at <= now]
    demands = list_demands(campaign, len(lectures))
    evenings = _evenings(person_ids, ended)
    valid, revoked = _certificates(person_ids, campaign.id)
    replays_open = campaign.replay_until is not None and now < campaign.replay_until
    found = []
    for person in list_persons(person_ids):
        if person.kind not in demands:
            continue
        demand = demands[person.kind].demand
        got = reached(evenings[person.id], demand, needed_slots=campaign.needed_slots)
        mine = valid.get(person.id)
        found.append(
            Progress(
                person_id=person.id,
                kind=person.kind,
                kin=person.kin,
                demand=demand,
                reached=got,
                locks=() if mine else tuple(locks(got, demand)),
                evenings=len(lectures),
                ended=len(ended),
                replays_help=replays_open and demand.replay_counts,
                serial=mine.serial if mine else "",
                unlocked_at=mine.unlocked_at if mine else None,
                revoked="" if mine else revoked.get(person.id, ""),
            )
        )
    return found


def _evenings(person_ids: Collection[int], lectures: list[int]) -> dict[int, list[Evening]]:
    values: dict[str, object] = {"persons": list(person_ids), "lectures": lectures}
    found = defaultdict(list)
    for person, live, replay, noted in fetch(statement("evenings"), values):
        found[person].append(Evening(live=live, replay=replay, by_hand=noted))
    return found


def _certificates(
    person_ids: Collection[int], campaign_id: int
) -> tuple[dict[int, Certificate], dict[int, str]]:
    valid, revoked = {}, {}
    mine = Certificate.objects.filter(campaign_id=campaign_id, person__in=list(person_ids))
    for each in mine.order_by("pk"):
        if each.person is None:
            continue
        if each.revoked_at is None:
            valid[each.person] = each
        else:
            revoked[each.person] = RevokedFor(each.revoked_for).value
    return valid, revoked
