"""A helper tells of a visit, from a phone that may have had no network at the time."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from mingtian.care.rules import Area
from mingtian.children.queries import check_consent
from mingtian.children.rules import ConsentPurpose
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.sealing import sealer
from mingtian.pairs import rules
from mingtian.pairs.access import Stand, get_stand
from mingtian.pairs.models import Visit
from mingtian.pairs.rules import Beside, Happened
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A visit as it was told. ``own`` was made on the phone, so that sending it again is harmless."""

    own: UUID
    happened: Happened
    areas: Collection[Area] = ()
    note: str = ""
    wrong: bool = False


def tell_visit(door: Door, pair: str, told: Told) -> bool:
    """Keep a visit or a try; says whether it was new.

    The same id with the same facts is kept once, also after the pair has ended; with other facts, or of
    somebody else, it is refused (``pair_visit_kept_already``). 404 for a pair in which the person never
    helped. What cannot be kept is refused whole.
    """
    stand = get_stand(door, pair)
    if _told_before(pair, told):
        return False
    day = day_of(door.now)
    rules.check_visit(told.happened, since=stand.since, over=stand.over, now=door.now)
    if stand.over is not None:
        raise RuleBroken("pair_over", day=day_of(stand.over).isoformat())
    rules.check_helper(stand.vetted, day)
    if not stand.helps:
        raise RuleBroken("pair_not_open")
    check_consent(stand.child_id, ConsentPurpose.HELPING, day)
    try:
        with transaction.atomic():
            row = _kept(door, stand, told)
    except IntegrityError:
        # The same draft was sent twice at once.
        if _told_before(pair, told):
            return False
        raise
    audit.record(
        actor=door.username, action="pairs.visit_told", subject=f"pair:{pair}", now=door.now,
        child=stand.child_id, made=row.made, questions=len(row.questions),
    )  # fmt: skip
    return True


def look_at(door: Door, visit: Visit) -> None:
    """Note that the office has asked about a visit; the first who did stays noted."""
    changed = Visit.objects.filter(pk=visit.pk, looked_at=None).update(
        looked_at=door.now, looked_by_id=door.user_id
    )
    if changed:
        audit.record(
            actor=door.username, action="pairs.visit_looked_at", subject=f"visit:{visit.own}",
            now=door.now, child=visit.child_id,
        )  # fmt: skip


def _kept(door: Door, stand: Stand, told: Told) -> Visit:
    note = rules.check_note(told.note)
    happened = told.happened
    minutes = happened.minutes if happened.made else 0
    letters = rules.words_of(note)
    words = sealer().index("pairs_note", letters, door.user_id) if letters else None
    row = Visit(
        own=told.own, pair_id=stand.pair_id, child_id=stand.child_id, by_id=door.user_id,
        began_at=happened.began_at, minutes=minutes, way=happened.way, made=happened.made,
        areas=[area for area in Area if area in told.areas], words=words, wrong=told.wrong,
        received_at=door.now,
        questions=rules.questions(happened, _beside(happened, words)),
    )  # fmt: skip
    if note:
        seal = door.keys([stand.child_id], [FieldClass.HELPING])[stand.child_id]
        row.note = seal.seal(FieldClass.HELPING, note, "pairs_visit", "note", str(told.own))
    row.save(force_insert=True)
    return row


def _beside(happened: Happened, words: bytes | None) -> Beside:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT on_day, at_once, same_words FROM pairs_beside(%s, %s, %s)",
            [happened.began_at, max(happened.minutes, 1), words],
        )
        on_day, at_once, same = cursor.fetchone() or (0, 0, 0)
    return Beside(on_day=on_day, at_once=at_once, same_words=same)


def _told_before(pair: str, told: Told) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pairs_told(%s)", [told.own])
        found = cursor.fetchone()
    if found is None:
        return False
    happened = told.happened
    minutes = happened.minutes if happened.made else 0
    same = (True, pair, happened.began_at, minutes, happened.way.value, happened.made)
    if found != same:
        raise RuleBroken("pair_visit_kept_already")
    return True
