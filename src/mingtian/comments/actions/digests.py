"""Draft the digest of a school's evening, let a person edit and release it (COM-1)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from django.contrib.auth.models import User
from django.db import transaction

from mingtian.comments.digest.content import Content, Counts, Theme, encode
from mingtian.comments.digest.draft import draft
from mingtian.comments.models import Comment, Digest
from mingtian.comments.queries.digests import content_of
from mingtian.comments.queries.kept import text_of
from mingtian.comments.queries.lectures import evenings_beside, houses_without_digest
from mingtian.comments.rules import DigestState, State
from mingtian.comments.sealing import place_of_digest
from mingtian.comments.sieve.scrub import Scrubber
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.sealing import sealer
from mingtian.org.queries import list_ancestors, list_subtree
from mingtian.org.rules import COUNTING_KINDS, UnitKind
from mingtian.people.actions.names_to_hide import open_names_to_hide

PLACES = (UnitKind.SCHOOL, UnitKind.VILLAGE, UnitKind.TOWNSHIP, UnitKind.COUNTY, UnitKind.SECTOR)
STILL_FRESH = timedelta(days=1)
MOST_EVENINGS = 8
"""How many other evenings an evening is compared with."""


class Edited(msgspec.Struct, frozen=True):
    """What a person may change: everything that is words, and no count."""

    themes: list[str]
    lines: list[str]
    questions: list[str]
    note: str


def draft_digest(*, lecture_id: int, house_id: int, actor: str, now: datetime) -> Digest:
    """Draft the digest anew from what was said; a released one stays as it is."""
    with transaction.atomic():
        # Made first and held: who drafts the same at the same moment waits, and finds this one.
        digest, _ = Digest.objects.select_for_update(no_key=True).get_or_create(
            lecture_id=lecture_id,
            house_id=house_id,
            defaults={
                "state": DigestState.DRAFT.value,
                "content_sealed": b"",
                "drafted_at": now,
            },
        )
        _only_draft(digest)
        subject = f"digest:{digest.public_id}"
        scrubber = scrubber_of(house_id=house_id, subject=subject, actor=actor, now=now)
        _seal(digest, drafted(lecture_id, house_id, scrubber))
        digest.drafted_at, digest.edited_by = now, None
        digest.save(update_fields=["content_sealed", "drafted_at", "edited_by"])
        _note(digest, "comments.digest_drafted", actor, now)
    return digest


def draft_digests(*, lecture_id: int, actor: str, now: datetime) -> int:
    """Draft the digests of all houses of an evening; return how many.

    Those that are released stay, and those that a person has worked on.
    """
    kept = Digest.objects.filter(lecture_id=lecture_id).exclude(
        state=DigestState.DRAFT.value, edited_by=None
    )
    spoken = Comment.objects.filter(lecture=lecture_id).values_list("house", flat=True).distinct()
    houses = sorted(set(spoken) - set(kept.values_list("house_id", flat=True)))
    for house in houses:
        draft_digest(lecture_id=lecture_id, house_id=house, actor=actor, now=now)
    return len(houses)


def draft_missing_digests(*, now: datetime, actor: str) -> int:
    """Draft the digests that no house has yet of evenings closed within a day; return how many.

    One statement when nothing is missing, so it may be called each minute.
    """
    missing = houses_without_digest(after=now - STILL_FRESH, until=now)
    for lecture_id, house_id in missing:
        draft_digest(lecture_id=lecture_id, house_id=house_id, actor=actor, now=now)
    return len(missing)


def drafted(lecture_id: int, house_id: int, scrubber: Scrubber) -> Content:
    """Return the draft of a house's evening, compared with its other evenings."""
    beside = evenings_beside(lecture_id, house_id)[-MOST_EVENINGS:]
    counts, told = count_comments(lecture_id, house_id)
    return draft(
        approved_texts(lecture_id, house_id),
        [approved_texts(each, house_id) for each in beside],
        scrubber=scrubber,
        counts=counts,
        told=told,
    )


def approved_texts(lecture_id: int, house_id: int) -> list[str]:
    """Return the approved texts of a house at a lecture, opened."""
    approved = Comment.objects.filter(
        lecture=lecture_id, house=house_id, state=State.APPROVED.value, phrase=None
    )
    return [text_of(one) for one in approved.order_by("at", "public_id")]


def count_comments(lecture_id: int, house_id: int) -> tuple[Counts, dict[str, int]]:
    """Return what became of the comments, and how often which office was told."""
    states: Counter[str] = Counter()
    told: Counter[str] = Counter()
    rows = Comment.objects.filter(lecture=lecture_id, house=house_id)
    for phrase, state, offices in rows.values_list("phrase", "state", "told"):
        states["phrases" if phrase is not None else state] += 1
        told.update(offices)
    return Counts(**states), dict(sorted(told.items()))


def scrubber_of(*, house_id: int, subject: str, actor: str, now: datetime) -> Scrubber:
    """Return what takes the identities of this house out of texts."""
    today = day_of(now)
    below = list_subtree(house_id, today)
    units = [unit.id for unit in below if unit.kind in COUNTING_KINDS]
    names = open_names_to_hide(unit_ids=units, subject=subject, actor=actor, now=now)
    around = [*below, *list_ancestors(house_id, today)]
    places = [
        name for unit in around if unit.kind in PLACES for name in (unit.name, unit.name_en) if name
    ]
    return Scrubber(names, places)


def save_digest(*, digest: Digest, edited: Edited, actor: User, now: datetime) -> None:
    """Keep what a person wrote; refused while a name, number, address or class stands in it."""
    _only_draft(digest)
    content = content_of(digest)
    counted = {theme.word: theme.comments for theme in content.themes}
    changed = msgspec.structs.replace(
        content,
        themes=[Theme(word, counted.get(word, 0)) for word in edited.themes],
        lines=edited.lines,
        questions=edited.questions,
        note=edited.note,
    )
    # Outside the transaction: names were opened, and that stays on record even after a no.
    refuse_identity(digest, changed, actor, now)
    with transaction.atomic():
        _keep(digest, changed, actor)
        _note(digest, "comments.digest_edited", actor.get_username(), now)


def release_digest(*, digest: Digest, actor: User, now: datetime) -> None:
    """Let the offices above see it. Checked once more for identities before it goes."""
    _only_draft(digest)
    refuse_identity(digest, content_of(digest), actor, now)
    with transaction.atomic():
        done = Digest.objects.filter(pk=digest.pk, state=DigestState.DRAFT.value).update(
            state=DigestState.RELEASED.value, released_by=actor, released_at=now
        )
        if not done:
            raise RuleBroken("digest_released")
        _note(digest, "comments.digest_released", actor.get_username(), now)


def recall_digest(*, digest: Digest, actor: User, now: datetime) -> None:
    """Take a released digest back into a draft, so that it can be changed."""
    with transaction.atomic():
        done = Digest.objects.filter(pk=digest.pk, state=DigestState.RELEASED.value).update(
            state=DigestState.DRAFT.value, released_by=None, released_at=None
        )
        if not done:
            raise RuleBroken("digest_is_draft")
        _note(digest, "comments.digest_recalled", actor.get_username(), now)


def refuse_identity(digest: Digest, content: Content, actor: User, now: datetime) -> None:
    """Raise RuleBroken for the first words that still hold somebody's identity."""
    scrubber = scrubber_of(
        house_id=digest.house_id,
        subject=f"digest:{digest.public_id}",
        actor=actor.get_username(),
        now=now,
    )
    told: Sequence[str] = [
        *(theme.word for theme in content.themes),
        *content.lines,
        *content.questions,
        content.note,
    ]
    for text in told:
        if scrubber.holds_identity(text):
            raise RuleBroken("digest_holds_identity", where=text[:40])


def _only_draft(digest: Digest) -> None:
    if digest.state != DigestState.DRAFT.value:
        raise RuleBroken("digest_released")


def _keep(digest: Digest, content: Content, actor: User) -> None:
    _seal(digest, content)
    done = Digest.objects.filter(pk=digest.pk, state=DigestState.DRAFT.value).update(
        content_sealed=digest.content_sealed, edited_by=actor
    )
    if not done:
        raise RuleBroken("digest_released")


def _seal(digest: Digest, content: Content) -> None:
    digest.content_sealed = sealer().seal(encode(content), place_of_digest(digest.public_id))


def _note(digest: Digest, action: str, actor: str, now: datetime) -> None:
    audit.record(actor=actor, action=action, subject=f"digest:{digest.public_id}", now=now)
