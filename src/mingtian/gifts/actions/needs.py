"""A child's need under a code that tells nothing: written, released by another, handed to a partner."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from mingtian.children.queries import check_consent, open_child
from mingtian.children.rules import ConsentPurpose
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.gifts.models import HandOut, Need, Partner
from mingtian.gifts.queries.needs import ListedNeed, list_for_partner
from mingtian.gifts.rules import NeedState, Thing, check_licensed, check_note, check_size
from mingtian.org.queries import list_subtree, path_on, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.vault.access import Door

if TYPE_CHECKING:
    from mingtian.vault.models import Child

_PLACES = (UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.SCHOOL)


def write_need(door: Door, child: "Child", thing: Thing, *, size: str = "", note: str = "") -> Need:
    """Write down what a child needs, for somebody else to release; the same again is one.

    Needs the family's consent to passing it on without a name. Refused when the note could tell who
    the child is or why it is in need.
    """
    day = day_of(door.now)
    check_consent(child.pk, ConsentPurpose.SHARING, day)
    county = _county_of(child, door)
    plain_size = check_size(size)
    plain = check_note(note, _known(door, child, county)) if note.strip() else ""
    try:
        with transaction.atomic():
            need = Need.objects.create(
                child=child, unit_id=child.unit_id, county_id=county, thing=thing.value,
                size=plain_size, note=plain, written_by_id=door.user_id, written_at=door.now,
            )  # fmt: skip
    except IntegrityError:
        open_ = [NeedState.WAITING, NeedState.RELEASED]
        stands = Need.objects.get(child=child, thing=thing, state__in=open_)
        if (stands.size, stands.note) != (plain_size, plain):
            raise RuleBroken("gifts_need_stands") from None
        return stands
    _note(door, need, "gifts.need_written")
    return need


def release_need(door: Door, need: Need) -> bool:
    """Release a need after looking at its words; says whether that was new. Never one's own."""
    if need.written_by_id == door.user_id:
        raise RuleBroken("gifts_own_need")
    check_consent(need.child_id, ConsentPurpose.SHARING, day_of(door.now))
    changed = Need.objects.filter(pk=need.pk, state=NeedState.WAITING).update(
        state=NeedState.RELEASED, released_by_id=door.user_id, released_at=door.now
    )
    if changed:
        _note(door, need, "gifts.need_released")
    return bool(changed)


def end_need(door: Door, need: Need, state: NeedState) -> bool:
    """Withdraw a need, or note that it was met; from now on it stands on no list."""
    before = [NeedState.RELEASED] if state is NeedState.MET else [
        NeedState.WAITING, NeedState.RELEASED,
    ]  # fmt: skip
    changed = Need.objects.filter(pk=need.pk, state__in=before).update(
        state=state, ended_by_id=door.user_id, ended_at=door.now
    )
    if changed:
        _note(door, need, f"gifts.need_{state.value}")
    return bool(changed)


def hand_out(door: Door, partner: Partner, counties: Collection[int]) -> list[ListedNeed]:
    """Return the list for a partner and note that it was handed out, with its codes.

    Refused for a partner whose licence for public fundraising is missing or has run out.
    """
    check_licensed(partner.licence, partner.valid_until, day_of(door.now))
    found = list_for_partner(counties, day_of(door.now))
    made = HandOut.objects.create(
        partner=partner, made_by_id=door.user_id, made_at=door.now,
        codes=[each.code for each in found],
    )  # fmt: skip
    audit.record(
        actor=door.username, action="gifts.needs_handed_out",
        subject=f"gifts_handout:{made.public_id}", now=door.now,
        partner=partner.public_id, codes=len(found),
    )  # fmt: skip
    return found


def _county_of(child: "Child", door: Door) -> int:
    path = path_on(child.unit_id, day_of(door.now))
    rows = unit_rows(path, day_of(door.now))
    return next((row.id for row in rows.values() if row.kind is UnitKind.COUNTY), child.unit_id)


def _known(door: Door, child: "Child", county: int) -> list[str]:
    """Return the names that must not stand in a note: the child's, its guardians', the county's places."""
    opened = open_child(door, child.pk)
    people = [opened.name, *(each.said.name for each in opened.guardians)]
    places = list_subtree(county, day_of(door.now), kinds=_PLACES)
    return [*people, *(each.name for each in places), *(each.name_en for each in places)]


def _note(door: Door, need: Need, action: str) -> None:
    audit.record(
        actor=door.username, action=action, subject=f"gifts_need:{need.public_id}",
        now=door.now, child=need.child_id, thing=need.thing,
    )  # fmt: skip
