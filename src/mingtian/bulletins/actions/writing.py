"""Begin a bulletin or note from the day's figures, and edit it section by section (SUP-1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from mingtian.bulletins import facts as kept
from mingtian.bulletins.access import Place
from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.queries.figures import facts_of
from mingtian.bulletins.rules import SECTIONS, Kind, Section, check_again, check_day, check_text
from mingtian.bulletins.wording import Evening, draft
from mingtian.campaigns.queries import LectureRow, list_lectures
from mingtian.closings.queries import DayRow
from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken

_LOCKS = 0x62756C6C
"""The class of this module's advisory locks; "bull"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """Why a second one of the day is to be written, as it was typed."""

    reason: str = ""
    words: str = ""


NOT_AGAIN = Again()


def begin(
    *, place: Place, kind: Kind, by: Actor, now: datetime, again: Again = NOT_AGAIN
) -> Bulletin:
    """Draft the day's paper from its figures, or return the draft that there is.

    Refuses before the lecture's end, and a second one without a reason. Two who begin together
    have one draft.
    """
    day, unit = place.day, place.unit
    check_day(ends_at=day.ends_at, now=now)
    with transaction.atomic():
        lock(place)
        own = Bulletin.objects.filter(
            lecture_id=day.lecture_id, unit_id=unit.id, kind=kind.value
        ).order_by("-edition")
        latest = own.first()
        if latest is not None and latest.issued_at is None:
            return latest
        reason, words = "", ""
        if latest is not None:
            reason = check_again(
                reference=latest.reference, reason=again.reason, words=again.words
            ).value
            words = again.words.strip()
        facts = facts_of(kind, day, unit, place.path, now)
        made = Bulletin.objects.create(
            lecture_id=day.lecture_id, unit_id=unit.id, kind=kind.value,
            edition=latest.edition + 1 if latest else 1, replaces=latest, reason=reason,
            reason_words=words, facts=kept.to_plain(facts),
            texts=latest.texts if latest else draft(kind, evening_of(day, _next(day)), facts),
            drafted_by_id=by.user_id, drafted_at=now,
        )  # fmt: skip
        note("bulletins.begun", made, by, now, edition=made.edition, reason=reason)
    return made


def edit(*, bulletin_id: int, section: Section, text: str, by: Actor, now: datetime) -> Bulletin:
    """Write one section anew. Refuses an issued one, unknown names of figures, and too much."""
    text = check_text(text)
    with transaction.atomic():
        found = locked(bulletin_id)
        if section not in SECTIONS[Kind(found.kind)]:
            raise RuleBroken("bulletin_section_unknown")
        if found.texts.get(section.value) != text:
            found.texts = {**found.texts, section.value: text}
            found.edited_by_id, found.edited_at = by.user_id, now
            found.save(update_fields=["texts", "edited_by", "edited_at"])
            note("bulletins.edited", found, by, now, section=section.value)
    return found


def take_figures(*, place: Place, bulletin_id: int, by: Actor, now: datetime) -> Bulletin:
    """Let the draft tell the figures as they stand now."""
    with transaction.atomic():
        found = locked(bulletin_id)
        facts = facts_of(Kind(found.kind), place.day, place.unit, place.path, now)
        changed = len(kept.changes(kept.from_plain(found.facts), facts))
        found.facts = kept.to_plain(facts)
        found.save(update_fields=["facts"])
        note("bulletins.figures_taken", found, by, now, changed=changed)
    return found


def drop(*, bulletin_id: int, by: Actor, now: datetime) -> None:
    """Throw a draft away; nothing is lost but words, and it never had a number."""
    with transaction.atomic():
        found = locked(bulletin_id)
        note("bulletins.dropped", found, by, now, edition=found.edition)
        found.delete()


def lock(place: Place) -> None:
    """Let papers of one day and unit take turns, until the transaction ends."""
    with connection.cursor() as cursor:
        key = f"{place.day.lecture_id}:{place.unit.id}"
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCKS, key])


def locked(bulletin_id: int) -> Bulletin:
    """Return a draft with its row locked. Refuses one that is out."""
    found = Bulletin.objects.select_for_update().get(pk=bulletin_id)
    if found.issued_at is not None:
        raise RuleBroken("bulletin_issued")
    return found


def evening_of(day: DayRow, then: LectureRow | None = None) -> Evening:
    """Return the evening in the words of papers, with the one that follows where it is known."""
    return Evening(
        number=day.number,
        title=day.title,
        held_on=day.held_on,
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        next_number=then.number if then else None,
        next_title=then.title_zh if then else "",
        next_starts_at=then.starts_at if then else None,
        next_doors_at=then.doors_at if then else None,
    )


def _next(day: DayRow) -> LectureRow | None:
    lectures = list_lectures(day.campaign_id)
    return next((each for each in lectures if each.number == day.number + 1), None)


def note(
    action: str, found: Bulletin, by: Actor, now: datetime, **detail: str | int | bool | None
) -> None:
    """Write the trail: ids and codes only, no word of the paper."""
    audit.record(
        actor=by.username, action=action, subject=f"bulletin:{found.public_id}", now=now,
        lecture=found.lecture_id, unit=found.unit_id, kind=found.kind, **detail,
    )  # fmt: skip
