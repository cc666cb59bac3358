"""Who stands how before a pair. Everything here needs the vault's door.

Arrangers are whoever has the child's case, and offices above it; a helper has its own current pairs.
What policies do not show is not there (404).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import Http404

from mingtian.children.access import get_child_for
from mingtian.children.queries import ChildRow
from mingtian.core.clock import day_of
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.pairs.models import Pair, Visit
from mingtian.vault.access import Door
from mingtian.vault.rules import Part


class _Asked(RawSQL):
    """A question to the database about the person at the door, beside the row."""

    def __init__(self, words: str) -> None:
        super().__init__(words, [], BooleanField())


@dataclass(frozen=True, kw_only=True, slots=True)
class PairPlace:
    """A pair as a reader stands before it. ``works``: has the case; ``reads``: may open what is helping."""

    row: Pair
    works: bool
    oversees: bool
    helps: bool
    reads: bool

    @property
    def arranges(self) -> bool:
        return self.works or self.oversees

    @property
    def writes(self) -> bool:
        return self.works or self.helps


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """How somebody stands, or stood, in a pair."""

    pair_id: int
    child_id: int
    since: date
    over: datetime | None
    vetted: date | None
    helps: bool


def get_pair_for(door: Door, public_id: str) -> PairPlace:  # noqa: ARG001 - nobody asks without one
    """Return the pair to arrangers, readers of the file and those who help in it, or 404. One statement."""
    found = Pair.objects.select_related("child").filter(public_id=public_id)
    row = found.annotate(
        works=_Asked("child_id = ANY ((SELECT vault_ids('worker'))::bigint[])"),
        reading=_Asked("child_id = ANY ((SELECT vault_ids('reader'))::bigint[])"),
        helps=_Asked("pairs_pair.id = ANY ((SELECT pairs_mine())::bigint[])"),
        oversees=_Asked("pairs_oversees(child_id)"),
    ).first()
    if row is None:
        raise Http404
    place = PairPlace(
        row=row, works=row.works, oversees=row.oversees, helps=row.helps,
        reads=row.helps or row.works or row.reading,
    )  # fmt: skip
    if not (place.arranges or place.reads):
        raise Http404
    return place


def get_pair_to_arrange(door: Door, public_id: str) -> PairPlace:
    """Return the pair to whoever has the case and to offices above, or 404."""
    place = get_pair_for(door, public_id)
    if not place.arranges:
        raise Http404
    return place


def get_pair_to_write(door: Door, public_id: str) -> PairPlace:
    """Return the pair whose goals the person writes: has the case, or helps; or 404."""
    place = get_pair_for(door, public_id)
    if not place.writes:
        raise Http404
    return place


def get_child_to_pair(door: Door, public_id: str) -> ChildRow:
    """Return the child for whom the person may arrange help, or 404."""
    row = get_child_for(door, public_id)
    if Part.WORKER not in door.parts(row.id) and not oversees(row.id):
        raise Http404
    return row


def get_stand(door: Door, pair: str) -> Stand:  # noqa: ARG001 - nobody asks without one
    """Return how the person stands or stood in a pair, or 404 for whoever never helped in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pairs_stand(%s)", [pair])
        found = cursor.fetchone()
    if found is None:
        raise Http404
    pair_id, child_id, since, over, vetted, helps = found
    return Stand(
        pair_id=pair_id, child_id=child_id, since=since, over=over, vetted=vetted, helps=helps
    )


def get_helper_to_vet(door: Door, username: str) -> tuple[int, int]:
    """Return the key and the place of a helper whose office the person holds, or 404."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT who, place FROM pairs_roster(%s) WHERE username = %s AND supervised",
            [day_of(door.now), username],
        )
        found = cursor.fetchone()
    if found is None:
        raise Http404
    return int(found[0]), int(found[1])


def oversees(child: int) -> bool:
    """Say whether the person's office is above the child."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pairs_oversees(%s)", [child])
        return bool(cursor.fetchone() == (True,))


def sees_pairs(door: Door) -> bool:  # noqa: ARG001 - as above
    """Say whether anything of pairs can be in sight: an office, a case, or a child to help."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cardinality(vault_ids('supervised') || vault_ids('registering')"
            " || vault_ids('files') || vault_ids('helper')) > 0"
        )
        return bool(cursor.fetchone() == (True,))


def arranges(door: Door) -> bool:  # noqa: ARG001 - as above
    """Say whether the person has a case or an office above children."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cardinality(vault_ids('supervised') || vault_ids('registering')"
            " || vault_ids('files')) > 0"
        )
        return bool(cursor.fetchone() == (True,))


def is_helper(door: Door) -> bool:
    """Say whether the person holds a helper's post: the pages are there before the first pair."""
    day = day_of(door.now)
    return any(post.role is Role.HELPER for post in list_posts(door.user_id, day))


def has_places(door: Door) -> bool:  # noqa: ARG001 - as above
    """Say whether the person supervises places, or works with cases there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cardinality(vault_ids('supervised') || vault_ids('registering')) > 0"
        )
        return bool(cursor.fetchone() == (True,))


def get_visit_to_look_at(door: Door, own: UUID) -> Visit:
    """Return a visit to whoever has the case or an office above the child, or 404."""
    row = Visit.objects.filter(own=own).first()
    if row is None:
        raise Http404
    if Part.WORKER not in door.parts(row.child_id) and not oversees(row.child_id):
        raise Http404
    return row
