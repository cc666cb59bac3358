"""Who works with gifts, where; and the step from a child's hand-over to the books.

Offices and case workers of a county, town or village work with the units of their posts and below.
Whoever has a part in a child's life hands things over to that child. Cashiers have nothing here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.gifts.models import Donor, Drive, Gift, HandOver, Item, Need, Partner, Round
from mingtian.gifts.rules import CARRYING, DECIDING, PLACES, RECORDING
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.vault.access import Door

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The places with which somebody works. ``county_of`` is in whose book a place's stock stands."""

    units: dict[int, UnitRow] = field(default_factory=dict)
    county_of: dict[int, int] = field(default_factory=dict)
    deciding: frozenset[int] = frozenset()
    """Units within reach of an office or director."""

    carries: bool = False

    @property
    def counties(self) -> list[int]:
        return sorted(set(self.county_of.values()))

    def unit(self, public_id: str) -> UnitRow:
        """Return a place in reach, or 404."""
        found = next((row for row in self.units.values() if row.public_id == public_id), None)
        if found is None:
            raise Http404
        return found

    def choices(self, *, deciding: bool = False) -> list[tuple[str, str]]:
        """Return places for a form, the widest first."""
        order = list(PLACES_IN_ORDER)
        rows = [row for row in self.units.values() if not deciding or row.id in self.deciding]
        rows.sort(key=lambda row: (order.index(row.kind), row.id))
        return [(row.public_id, row.title) for row in rows]

    def need_deciding(self, unit_id: int | None = None) -> None:
        """404 unless the person decides at the unit, or anywhere."""
        if not (self.deciding if unit_id is None else unit_id in self.deciding):
            raise Http404


PLACES_IN_ORDER = sorted(PLACES, key=["county", "township", "village"].index)


def desk_for(user: Reader, now: datetime) -> Desk:
    """Return the places where the reader records gifts, or 404 for who records none. Two statements."""
    desk = any_desk_for(user, now)
    if not desk.units:
        raise Http404
    return desk


def carrier_desk_for(user: Reader, now: datetime) -> Desk:
    """Return the desk of somebody who goes to children, or 404."""
    desk = any_desk_for(user, now)
    if not desk.carries:
        raise Http404
    return desk


def any_desk_for(user: Reader, now: datetime) -> Desk:
    """Return the reader's desk, or 404 for who neither records nor carries."""
    if not user.is_authenticated or not user.is_active:
        raise Http404
    day = day_of(now)
    with connection.cursor() as cursor:
        cursor.execute(_REACH, {
            "user": user.pk, "day": day, "places": sorted(PLACES), "recording": sorted(RECORDING),
            "deciding": sorted(DECIDING), "carrying": sorted(CARRYING),
        })  # fmt: skip
        found = cursor.fetchall()
    if not found:
        raise Http404
    places = [row for row in found if row[0] is not None]
    return Desk(
        units=unit_rows([unit for unit, *_ in places], day) if places else {},
        county_of={unit: county or unit for unit, county, _, _ in places},
        deciding=frozenset(unit for unit, _, decides, _ in places if decides),
        carries=any(carries for *_, carries in found),
    )


def get_gift(desk: Desk, public_id: str) -> Gift:
    """Return a gift recorded within reach, or 404."""
    found = (
        Gift.objects.select_related("donor", "drive")
        .filter(public_id=public_id, unit_id__in=desk.units).first()
    )  # fmt: skip
    if found is None:
        raise Http404
    return found


def get_donor(desk: Desk, public_id: str) -> Donor:
    """Return a donor noted within reach, or 404."""
    found = Donor.objects.filter(public_id=public_id, unit_id__in=desk.units).first()
    if found is None:
        raise Http404
    return found


def get_round(desk: Desk, public_id: str) -> Round:
    """Return a round of a place in reach, or 404."""
    found = Round.objects.filter(public_id=public_id, unit_id__in=desk.units).first()
    if found is None:
        raise Http404
    return found


def partners_of(desk: Desk) -> list[Partner]:
    """Return the partners of the counties of the desk's places, by name."""
    return list(Partner.objects.filter(unit_id__in=desk.counties).order_by("name"))


def get_partner(desk: Desk, public_id: str) -> Partner:
    """Return a partner of the desk's counties, or 404."""
    found = next((each for each in partners_of(desk) if each.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


def items_of(desk: Desk) -> dict[str, Item]:
    """Return the items of the desk's counties by public id."""
    rows = Item.objects.filter(county_id__in=desk.counties).order_by("name")
    return {row.public_id: row for row in rows}


def drives_of(desk: Desk) -> list[Drive]:
    """Return the drives of places in reach and of their counties, the newest first."""
    units = {*desk.units, *desk.counties}
    rows = Drive.objects.select_related("partner").filter(unit_id__in=units)
    return list(rows.order_by("-starts_on", "-pk"))


def get_handover(door: Door, public_id: str) -> HandOver:
    """Return a hand-over in sight of the person at the door, or 404."""
    del door
    found = HandOver.objects.select_related("round", "child").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def get_need(door: Door, public_id: str) -> Need:
    """Return a need in sight of the person at the door, or 404."""
    del door
    found = Need.objects.select_related("child").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@contextmanager
def books(door: Door) -> Iterator[None]:
    """Step from a child's hand-over to the books and back, inside the door's transaction.

    The books belong to the owner, who sees no child; the person at the door may not write there.
    """
    del door
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'none', true)")
        yield
        # After an error the transaction is undone, and the role with it.
        cursor.execute("SELECT set_config('role', 'mingtian_case', true)")


_REACH = """
    WITH post AS (
        SELECT post.role, post.line, place.path, unit.kind
        FROM org_post post
        JOIN org_unit unit ON unit.id = post.unit_id
        JOIN org_placement place ON place.unit_id = post.unit_id AND place.line = post.line
         AND org_holds(place.starts_on, place.ends_on, %(day)s)
        WHERE post.user_id = %(user)s AND post.line = 'leads'
          AND org_holds(post.starts_on, post.ends_on, %(day)s)
    )
    SELECT unit.id, (
               SELECT county.id FROM org_unit county
               WHERE county.kind = 'county'
                 AND county.id = ANY (string_to_array(below.path::text, '.')::int[])
               LIMIT 1),
           bool_or(post.role = ANY (%(deciding)s)), false
    FROM post
    JOIN org_placement below ON below.line = post.line AND below.path <@ post.path
     AND org_holds(below.starts_on, below.ends_on, %(day)s)
    JOIN org_unit unit ON unit.id = below.unit_id AND unit.kind = ANY (%(places)s)
    WHERE post.role = ANY (%(recording)s) AND post.kind = ANY (%(places)s)
    GROUP BY unit.id, below.path
    UNION ALL
    SELECT NULL, NULL, false, true FROM post WHERE post.role = ANY (%(carrying)s) GROUP BY ()
    HAVING count(*) > 0
"""
