"""A child comes into a category, and leaves it."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, connection, transaction

from mingtian.children import rules
from mingtian.children.access import thing_of
from mingtian.children.models import CategoryNote, Identity
from mingtian.children.spec import CategorySpec
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door


def note_category(door: Door, child: int, said: CategorySpec) -> CategoryNote:
    """Note that a child is in a category from a day on; noted twice alike, it is one.

    Refused where the definition does not give it, and while it is in this category already.
    """
    identity = Identity.objects.filter(child_id=child).only("birth_year").first()
    if identity is None:
        raise RuleBroken("vault_no_such_child")
    row = category_row(door, child, identity.birth_year, said)
    earlier = CategoryNote.objects.filter(child_id=child, category=said.category)
    for note in earlier:
        if note.ends_on is None and (note.starts_on, note.basis) == (said.starts_on, said.basis):
            return note
        if note.ends_on is None or note.ends_on > said.starts_on:
            raise RuleBroken("children_category_noted")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise RuleBroken("children_category_noted") from None
    _record(door, row, "children.category_noted")
    return row


def end_category(door: Door, child: int, note: str, *, ends_on: date) -> None:
    """End a category, by the note's public id: it does not hold on ``ends_on`` any more."""
    row = thing_of(CategoryNote, child, note)
    rules.check_end(row.starts_on, ends_on, today=day_of(door.now))
    changed = CategoryNote.objects.filter(pk=row.pk, ends_on=None).update(ends_on=ends_on)
    if not changed:
        raise RuleBroken("children_category_ended")
    _record(door, row, "children.category_ended")


def category_row(door: Door, child: int, birth_year: int, said: CategorySpec) -> CategoryNote:
    """Return the row of a category that the rules allow, not yet kept."""
    rules.check_category(
        said.category, said.basis,
        starts_on=said.starts_on, birth_year=birth_year, today=day_of(door.now),
    )  # fmt: skip
    return CategoryNote(
        child_id=child, category=said.category.value, basis=said.basis.value,
        starts_on=said.starts_on, noted_by_id=door.user_id, noted_at=door.now,
    )  # fmt: skip


def keep_notes(notes: Iterable[CategoryNote]) -> None:
    """Keep new notes, without reading them back: a clerk whose list brings categories sees none."""
    rows = [
        (each.public_id, each.child_id, each.category, each.basis, each.starts_on,
         each.noted_by_id, each.noted_at)
        for each in notes
    ]  # fmt: skip
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])


_KEEP = """
    INSERT INTO children_category
        (public_id, child_id, category, basis, starts_on, noted_by_id, noted_at)
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::date[], %s::bigint[],
                         %s::timestamptz[])
"""


def _record(door: Door, row: CategoryNote, action: str) -> None:
    audit.record(
        actor=door.username, action=action, subject=f"children_category:{row.public_id}",
        now=door.now, child=row.child_id, category=row.category,
    )  # fmt: skip
