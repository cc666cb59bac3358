"""Reads of pilots: communities, families under a pseudonym, and whom they compare with (PIL-1)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from mingtian.org.queries import PostRow, UnitRow, list_holders, list_subtree, path_on, shown_name
from mingtian.org.rules import IN_OFFICE, Line, UnitKind
from mingtian.people.queries import list_people
from mingtian.people.queries.homes import public_ids_of_homes
from mingtian.readiness.models import Pilot, PilotFamily
from mingtian.readiness.queries.work import Under
from mingtian.readiness.rules import NEAR_VOLUNTEERS
from mingtian.readiness.statements import rows


@dataclass(frozen=True, kw_only=True, slots=True)
class PilotRow:
    """A pilot community. ``families`` is how many, never which."""

    public_id: str
    unit_id: int
    unit_public_id: str
    title: str
    reason: str
    coordinator: str
    consent_on: date
    ended_on: date | None
    finding: str
    told_at: datetime | None
    families: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyRow:
    """A pilot family under its pseudonym. ``linked`` says whether its home is known."""

    public_id: str
    number: int
    reason: str
    consent_on: date
    linked: bool

    @property
    def pseudonym(self) -> str:
        return pseudonym_of(self.number)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Counting units to sum apart: pilot communities, and all other communities below."""

    pilots: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class VillageRow:
    """A community that may be chosen."""

    id: int
    public_id: str
    title: str
    is_pilot: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CoordinatorRow:
    """Somebody in an office of a community or township, who may coordinate a pilot there."""

    user_id: int
    name: str
    unit: str
    township: str


def pseudonym_of(number: int) -> str:
    """Return what a pilot family is called in the reader's language."""
    return _("Pilot family %(number)s") % {"number": f"{number:02d}"}


def pilot_units(campaign_id: int) -> list[int]:
    """Return the units of the campaign's pilots that have not ended, for figures of their own."""
    found = Pilot.objects.filter(campaign_id=campaign_id, ended_on=None)
    return list(found.order_by("unit_id").values_list("unit_id", flat=True))


def pilot_homes(campaign_id: int) -> dict[int, list[int]]:
    """Return the households of pilot families by unit, for sums only; no page shows them."""
    found = PilotFamily.objects.filter(
        pilot__campaign_id=campaign_id, pilot__ended_on=None, household__isnull=False
    )
    homes: dict[int, list[int]] = {}
    for unit, home in found.order_by("pilot__unit_id", "number").values_list(
        "pilot__unit_id", "household_id"
    ):
        if home is not None:
            homes.setdefault(unit, []).append(home)
    return homes


def compared(campaign_id: int, unit_id: int, day: date, line: Line = Line.LEADS) -> Comparison:
    """Return pilot communities and all others below a unit. Two statements."""
    path = ".".join(map(str, path_on(unit_id, day, line)))
    under = Under(campaign_id=campaign_id, path=path, line=line, day=day)
    villages = list_villages(under) if path else []
    return Comparison(
        pilots=tuple(each.id for each in villages if each.is_pilot),
        others=tuple(each.id for each in villages if not each.is_pilot),
    )


def list_villages(under: Under) -> list[VillageRow]:
    """Return the communities at the path and below, in tree order. One statement."""
    return [
        VillageRow(id=row[0], public_id=row[1], title=shown_name(row[2], row[3]), is_pilot=row[4])
        for row in rows("villages_below", under.values())
    ]


def list_coordinators(unit_id: int, day: date) -> list[CoordinatorRow]:
    """Return who may coordinate pilots at the unit and below, township by township.

    Nobody stands twice in a township. Two statements.
    """
    units = {row.id: row for row in list_subtree(unit_id, day, kinds=NEAR_VOLUNTEERS)}
    held: dict[int, list[PostRow]] = {}
    for post in list_holders(list(units), day, IN_OFFICE):
        held.setdefault(post.unit.id, []).append(post)
    found: dict[tuple[int, int], CoordinatorRow] = {}
    for row in units.values():
        town = row if row.kind is UnitKind.TOWNSHIP else units.get(row.superior_id or 0, row)
        for post in held.get(row.id, ()):
            person = CoordinatorRow(
                user_id=post.user_id, name=post.name, unit=row.title, township=town.title
            )
            found.setdefault((town.id, post.user_id), person)
    return list(found.values())


def list_pilots(under: Under) -> list[PilotRow]:
    """Return the pilot communities at the path and below, ended ones included. One statement."""
    return [
        PilotRow(
            public_id=row[0],
            unit_id=row[1],
            unit_public_id=row[2],
            title=shown_name(row[3], row[4]),
            reason=row[5],
            coordinator=row[6],
            consent_on=row[7],
            ended_on=row[8],
            finding=row[9],
            told_at=row[10],
            families=row[11],
        )
        for row in rows("pilots_below", under.values())
    ]


def list_families(campaign_id: int, unit_id: int) -> list[FamilyRow]:
    """Return the pilot families of a community by number."""
    found = PilotFamily.objects.filter(pilot__campaign_id=campaign_id, pilot__unit_id=unit_id)
    return [
        FamilyRow(
            public_id=each.public_id,
            number=each.number,
            reason=each.reason,
            consent_on=each.consent_on,
            linked=each.household_id is not None,
        )
        for each in found.order_by("number")
    ]


def list_homes_of(unit: UnitRow, day: date) -> list[tuple[str, int, int]]:
    """Return the homes counted in a community: public id, key, and how many persons.

    Homes have no names; whoever sits with the family chooses the one that has just entered.
    """
    people = list_people(unit.id, day)
    sizes = Counter(each.household_id for each in people if each.household_id is not None)
    names = public_ids_of_homes(list(sizes))
    return [(names[key], key, size) for key, size in sorted(sizes.items()) if key in names]
