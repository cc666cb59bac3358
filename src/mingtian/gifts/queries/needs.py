"""Need codes: for the office and the case worker by number, for a partner by code alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from mingtian.children.queries import consent_standings
from mingtian.children.rules import ConsentPurpose, Standing
from mingtian.core.clock import day_of
from mingtian.gifts.models import HandOut, Need
from mingtian.gifts.rules import LEAST_ALIKE, NeedState, Thing
from mingtian.org.queries import unit_rows
from mingtian.vault.access import Door

MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedRow:
    """A need as the office and the case worker see it: by the child's number."""

    public_id: str
    code: str
    child: str
    unit_id: int
    thing: Thing
    size: str
    note: str
    state: NeedState
    is_own: bool
    agreed: bool
    """Whether the family agrees to passing it on, today."""

    written_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedNeed:
    """A need as a partner gets it. ``county`` is empty where few children have the same need."""

    code: str
    thing: Thing
    size: str
    note: str
    county: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOutRow:
    """A list that a partner was handed, and how many of its codes have been taken down since."""

    partner: str
    made_at: datetime
    codes: int
    down: tuple[str, ...]


def list_needs(door: Door) -> list[NeedRow]:
    """Return the needs in sight, the newest first; two statements."""
    kept = list(Need.objects.select_related("child").order_by("-written_at", "-pk")[:MOST])
    agreed = consent_standings(
        {row.child_id for row in kept}, ConsentPurpose.SHARING, day_of(door.now)
    )
    return [
        NeedRow(
            public_id=row.public_id, code=row.code, child=row.child.public_id, unit_id=row.unit_id,
            thing=Thing(row.thing), size=row.size, note=row.note, state=NeedState(row.state),
            is_own=row.written_by_id == door.user_id,
            agreed=agreed[row.child_id] is Standing.GIVEN, written_at=row.written_at,
        )
        for row in kept
    ]  # fmt: skip


def list_for_partner(counties: Collection[int], day: date) -> list[ListedNeed]:
    """Return the released needs of these counties whose families agree on the day, by random code.

    Nothing of the child goes along, and no order of writing. Four statements.
    """
    kept = list(
        Need.objects.filter(county_id__in=counties, state=NeedState.RELEASED).order_by("code")
    )
    agreed = consent_standings({row.child_id for row in kept}, ConsentPurpose.SHARING, day)
    alike = _alike(counties)
    names = unit_rows(list(counties), day)
    return [
        ListedNeed(
            code=row.code, thing=Thing(row.thing), size=row.size, note=row.note,
            county=(
                names[row.county_id].name
                if alike.get((row.county_id, row.thing, row.size), 0) >= LEAST_ALIKE else ""
            ),
        )
        for row in kept
        if agreed[row.child_id] is Standing.GIVEN
    ]  # fmt: skip


def list_handouts(door: Door, partner_ids: Collection[int]) -> list[HandOutRow]:
    """Return what these partners were handed, the newest first, with codes taken down since."""
    del door
    made = list(
        HandOut.objects.filter(partner_id__in=partner_ids).order_by("-made_at", "-pk").values_list(
            "partner__name", "made_at", "codes"
        )[:50]
    )  # fmt: skip
    codes = {code for _, _, each in made for code in each}
    open_ = set(
        Need.objects.filter(code__in=codes, state__in=[NeedState.RELEASED, NeedState.MET])
        .values_list("code", flat=True)
    )  # fmt: skip
    return [
        HandOutRow(
            partner=name, made_at=at, codes=len(each),
            down=tuple(code for code in each if code not in open_),
        )
        for name, at, each in made
    ]  # fmt: skip


def _alike(counties: Collection[int]) -> dict[tuple[int, str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT county, thing, size, children FROM gifts_alike(%s::bigint[])",
                       [list(counties)])  # fmt: skip
        return {(county, thing, size): number for county, thing, size, number in cursor.fetchall()}
