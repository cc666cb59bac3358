"""What all changes of cases share: the lock, the conflict, the trail, one thing for one page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, models, transaction

from mingtian.care.access import CasePlace
from mingtian.care.models import Case
from mingtian.care.rules import ClosedFor, is_key
from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

if TYPE_CHECKING:
    from mingtian.vault.seals import ChildSeal

Thing = TypeVar("Thing", bound=models.Model)


def locked(place: CasePlace, *, version: int | None = None) -> Case:
    """Return the open case, locked; refuses a closed one, and one that somebody changed meanwhile.

    ``version`` is what the page was made from; without one nobody's change can be lost.
    """
    writes = place.works or place.standing.works_here
    # An office puts people to work in a case and changes nothing of it, so it cannot lock the row; what
    # two offices do at once is held by the constraints of assignments and hand-overs.
    row = (Case.objects.select_for_update() if writes else Case.objects).get(pk=place.id)
    if row.closed_for == ClosedFor.ERASED:
        raise RuleBroken("care_erased")
    if row.closed_at is not None:
        raise RuleBroken("care_closed")
    if version is not None and row.version != version:
        raise RuleBroken("care_changed_meanwhile")
    return row


def changed(row: Case, *columns: str) -> None:
    """Keep these columns and note that the case has changed."""
    row.version += 1
    row.save(update_fields=["version", *columns])


def once(model: type[Thing], key: str, make: Callable[[str], Thing]) -> tuple[Thing, bool]:
    """Make the thing that a page asked for, or return what the same page made before.

    ``key`` comes with the page and becomes the thing's public id.
    """
    own = key if is_key(key) else public_id()
    if (before := _of_key(model, own)) is not None:
        return before, False
    thing = make(own)
    try:
        with transaction.atomic():
            thing.save(force_insert=True)
    except IntegrityError:
        # The other half of a double click was faster.
        if (before := _of_key(model, own)) is not None:
            return before, False
        raise
    return thing, True


def seal_of(door: Door, child_id: int, of: FieldClass) -> "ChildSeal":
    """Return the key to a class for writing; the reading is noted as any other."""
    return door.keys([child_id], [of])[child_id]


def sealed(door: Door, row: Case, words: str, table: str, column: str, own: str) -> bytes | None:
    """Return words of a case under SITUATION, or None where there are none."""
    if not words:
        return None
    seal = seal_of(door, row.child_id, FieldClass.SITUATION)
    return seal.seal(FieldClass.SITUATION, words, table, column, own)


def note(door: Door, action: str, subject: str, **detail: str | int | bool | None) -> None:
    """Write the trail: ids and words of the rules."""
    audit.record(
        actor=door.username, action=f"care.{action}", subject=subject, now=door.now, **detail
    )


def _of_key(model: type[Thing], own: str) -> Thing | None:
    return model._default_manager.filter(public_id=own).first()
