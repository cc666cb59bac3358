"""Keep an upload, sealed, between its preview and its commit; never longer."""

import base64
import zlib
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from mingtian.core.ids import public_id
from mingtian.core.seal import Place
from mingtian.org.queries import UnitRow
from mingtian.people.models import RosterBatch
from mingtian.people.rosters.headings import find_sheet
from mingtian.people.rosters.plan import Options
from mingtian.people.rosters.reading import read_tables
from mingtian.people.sealing import sealer

KEPT = timedelta(hours=1)
"""How long an upload waits for its commit."""


def open_batch(
    *,
    uploader: User,
    under: UnitRow,
    file_name: str,
    content: bytes,
    options: Options,
    now: datetime,
) -> RosterBatch:
    """Store an upload for its preview. Refuses a file that cannot be a roster at once.

    The uploader's earlier upload goes, and so does every one that has expired.
    """
    find_sheet(read_tables(content))
    with transaction.atomic():
        drop_expired_batches(now=now)
        RosterBatch.objects.filter(uploader=uploader).delete()
        own_id = public_id()
        packed = base64.b64encode(zlib.compress(content, 1)).decode()
        return RosterBatch.objects.create(
            public_id=own_id,
            uploader=uploader,
            under_id=under.id,
            file_name=file_name[-120:],
            content_sealed=sealer().seal(packed, _place(own_id)),
            create_missing=options.create_missing,
            mark_absent=options.mark_absent,
            created_at=now,
            expires_at=now + KEPT,
        )


def open_content(batch: RosterBatch) -> bytes:
    """Return the uploaded file."""
    packed = sealer().open(bytes(batch.content_sealed), _place(batch.public_id))
    return zlib.decompress(base64.b64decode(packed))


def drop_batch(*, batch: RosterBatch) -> None:
    """Delete an upload that is not wanted."""
    RosterBatch.objects.filter(pk=batch.pk).delete()


def drop_expired_batches(*, now: datetime) -> int:
    """Delete every upload whose time is over and return how many there were."""
    deleted, _by_model = RosterBatch.objects.filter(expires_at__lte=now).delete()
    return deleted


def _place(own_id: str) -> Place:
    return Place("people_roster_batch", "content", own_id)
