"""Who may read names, and whose uploads are whose."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.org.access import get_unit_for, holds_role_at, posts_of, units_visible_to
from mingtian.org.rules import Role
from mingtian.people.models import RosterBatch

Reader = User | AnonymousUser

IMPORTING_ROLES = frozenset({Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER})
"""Directors, clerks, auditors and duty teachers change no roster."""


def can_read_names(user: Reader, unit_id: int, day: date) -> bool:
    """Say whether the names of a class are open to the person: only to its class teacher.

    Posts above the class, and superusers, see figures (design.md part 6).
    """
    return holds_role_at(user, unit_id, Role.CLASS_TEACHER, day)


def units_to_import_for(user: Reader, day: date) -> list[int]:
    """Return the units of the posts from which the person may bring in rosters."""
    importing = posts_of(user, day).filter(role__in=IMPORTING_ROLES)
    return list(importing.values_list("unit_id", flat=True))


def get_unit_to_import_for(user: Reader, public_id: str, day: date) -> int:
    """Return the unit below which a roster is to be brought in, or 404 when out of reach."""
    return get_unit_for(user, public_id, day, roles=IMPORTING_ROLES).pk


def get_batch_for(user: Reader, public_id: str, now: datetime) -> RosterBatch:
    """Return the person's own upload, or 404: absent, expired and someone else's look alike.

    So does one whose unit is out of reach by now: the post may have ended since the upload.
    """
    reach = units_visible_to(user, day_of(now), roles=IMPORTING_ROLES)
    batch = (
        RosterBatch.objects.filter(public_id=public_id, uploader_id=user.pk, expires_at__gt=now)
        .filter(under__in=reach)
        .select_related("under")
        .first()
    )
    if batch is None:
        raise Http404
    return batch
