"""Who may see screenshots: the class teacher of that very class, and nobody else (STA-2)."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.org.queries import UnitRow, find_unit
from mingtian.people.access import can_read_names
from mingtian.screenshots.models import Picture

Reader = User | AnonymousUser


def get_class_for(user: Reader, public_id: str, now: datetime) -> UnitRow:
    """Return the class, or 404 both when absent and when the reader does not teach it."""
    today = day_of(now)
    unit = find_unit(public_id, today)
    if unit is None or not can_read_names(user, unit.id, today):
        raise Http404
    return unit


def get_picture_for(user: Reader, unit: str, picture: str, now: datetime) -> Picture:
    """Return a picture of the reader's own class that is still kept, or 404."""
    found = Picture.objects.filter(
        public_id=picture, unit_id=get_class_for(user, unit, now).id, delete_at__gt=now
    ).first()
    if found is None:
        raise Http404
    return found
