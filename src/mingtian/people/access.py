"""Who may read names, and whose uploads are whose."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.org.access import holds_role_at, posts_of
from mingtian.org.rules import Role
from mingtian.people.models import RosterBatch

Reader = User | AnonymousUser

IMPORTING_ROLES = frozenset({Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER})


def can_read_names(user: Reader, unit_id: int, day: date) -> bool:
    """Say whether the names of a class are open to the person: only to its class teacher.

    Posts above the class, and superusers, see figures (design.md part 6).
    """
    return holds_role_at(user, unit_id, Role.CLASS_TEACHER, day)


def can_import_rosters(user: Reader, day: date) -> bool:
    """Say whether the person has a post from which rosters may be brought in."""
    return posts_of(user, day).filter(role__in=IMPORTING_ROLES).exists()


def get_batch_for(user: Reader, public_id: str, now: datetime) -> RosterBatch:
    """Return the person's own upload, or 404: absent, expired and someone else's look alike."""
    batch = (
        RosterBatch.objects.filter(public_id=public_id, uploader_id=user.pk, expires_at__gt=now)
        .select_related("under")
        .first()
    )
    if batch is None:
        raise Http404
    return batch
