"""Give places their codes, with the days on which each holds."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.org.models import DivisionCode, Placement, Unit
from mingtian.org.rules import Line, Scheme, UnitKind, check_code, codes_agree


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceCode:
    """A code of one of the three lists; empty for a place that was not found there.

    ``urban_rural`` is the three-digit class beside a statistical code.
    """

    scheme: Scheme
    code: str
    urban_rural: str = ""


def assign_code(
    *, unit: Unit, place_code: PlaceCode, starts_on: date, actor: str, now: datetime
) -> DivisionCode:
    """Give a place its code from a day on; the earlier one ends there.

    The empty code says that the place was not found in the list: it is accepted and shown
    among the unresolved places. A repeat changes nothing. Refused: an impossible code, one
    of another level, one outside the superior's, one that another place has.
    """
    scheme, code = place_code.scheme, place_code.code
    check_code(
        scheme=scheme, code=code, kind=UnitKind(unit.kind), urban_rural=place_code.urban_rural
    )
    try:
        with transaction.atomic():
            _check_within_superior(unit, code, starts_on)
            row, changed = _set(unit, place_code, starts_on)
            if changed:
                audit.record(
                    actor=actor,
                    action="org.code_assigned",
                    subject=f"unit:{unit.public_id}",
                    now=now,
                    scheme=scheme.value,
                    code=code,
                    starts_on=starts_on.isoformat(),
                )
    except IntegrityError as error:
        raise RuleBroken("code_taken", code=code) from error
    return row


def _set(unit: Unit, place_code: PlaceCode, starts_on: date) -> tuple[DivisionCode, bool]:
    last = (
        DivisionCode.objects.select_for_update(no_key=True)
        .filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), unit=unit, scheme=place_code.scheme)
        .order_by("-starts_on")
        .first()
    )
    code, urban_rural = place_code.code, place_code.urban_rural
    values = {"code": code, "urban_rural": urban_rural, "resolved": bool(code)}
    if last is not None:
        if last.starts_on > starts_on:
            raise RuleBroken("changes_later", day=last.starts_on.isoformat())
        if (last.code, last.urban_rural) == (code, urban_rural):
            return last, False
        if last.starts_on == starts_on:
            DivisionCode.objects.filter(pk=last.pk).update(**values)
            last.refresh_from_db()
            return last, True
        DivisionCode.objects.filter(pk=last.pk).update(ends_on=starts_on)
    row = DivisionCode.objects.create(
        unit=unit, scheme=place_code.scheme, starts_on=starts_on, ends_on=unit.closed_on, **values
    )
    return row, True


def _check_within_superior(unit: Unit, code: str, day: date) -> None:
    standing = (
        Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), unit=unit)
        .filter(line=Line.LEADS, starts_on__lte=day)
        .first()
    )
    if not code or standing is None or standing.superior_id is None:
        return
    above = DivisionCode.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), unit_id=standing.superior_id, starts_on__lte=day
    ).exclude(code="")
    for row in above:
        if not codes_agree(code, row.code):
            raise RuleBroken("code_outside_superior", code=code, superior=row.code)
