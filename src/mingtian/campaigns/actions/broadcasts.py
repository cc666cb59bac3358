"""Make a recording showable, or register the address of an outside live stream."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from django.db import transaction

from mingtian.campaigns.broadcasts.address import is_usable_address
from mingtian.campaigns.broadcasts.ffmpeg import unheard
from mingtian.campaigns.broadcasts.prepare import digest_of, drop_other_revisions, prepare
from mingtian.campaigns.broadcasts.probe import require_content
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal
from mingtian.campaigns.models import Broadcast
from mingtian.core import audit
from mingtian.core.ladder import Ladder

LONGEST_TITLE = 160
LONGEST_SOURCE_NAME = 200


@dataclass(frozen=True, kw_only=True)
class RecordingSpec:
    """A recording to be shown.

    ``source_name`` is what people call the file, by default its own name. ``replaces`` is the
    public id of a broadcast that gets this recording; without it, the broadcast that has
    the very same recording is taken, or a new one made. Segments get their usual length
    unless ``segment_seconds`` says otherwise.
    """

    source: Path
    title: str
    title_en: str = ""
    source_name: str = ""
    replaces: str = ""
    segment_seconds: int | None = None


def prepare_recording(
    *,
    spec: RecordingSpec,
    shelves: Path,
    actor: str,
    clock: Callable[[], datetime],
    on_progress: Callable[[int], None] = unheard,
) -> Broadcast:
    """Encode the recording into ``shelves / <public id>`` and return its broadcast, ready.

    Takes as long as encoding takes, so ``clock`` is asked at the beginning and the end and no
    transaction is open meanwhile; the row shows the percents. A repeat with the same file
    encodes nothing. A refusal is kept in the row and raised. A broadcast that was ready
    stays so, with its old recording, until the new one is there.
    """
    _check_titles(spec.title, spec.title_en)
    require_content(spec.source)
    digest = digest_of(spec.source)
    broadcast = _begin(spec, digest, actor=actor, now=clock())
    row = Broadcast.objects.filter(pk=broadcast.pk)

    def tell(percent: int) -> None:
        row.update(progress=percent)
        on_progress(percent)

    shelf = shelves / broadcast.public_id
    stopped = ""
    try:
        ladder = prepare(spec.source, shelf, segment_seconds=spec.segment_seconds, on_progress=tell)
        stopped = "finished"
    except BroadcastRefused as refusal:
        stopped = refusal.code
        _fail(broadcast, refusal.code, actor=actor, now=clock())
        raise
    finally:
        if not stopped:  # Ctrl-C, or the disk went away: nobody is preparing any more.
            row.update(progress=0, state="ready" if broadcast.ladder else "new")
    kept = {str(broadcast.ladder.get("revision", "")), ladder.revision}
    _finish(broadcast, spec, ladder, actor=actor, now=clock())
    # Phones may still be reading the recording that was replaced just now.
    drop_other_revisions(shelf, keep=kept)
    return broadcast


def register_outside_stream(
    *, title: str, title_en: str = "", address: str, actor: str, now: datetime
) -> Broadcast:
    """Return the broadcast of an outside HLS address, new or with the titles changed.

    Nothing is fetched: whether the stream runs shows on the evening. Refused: anything but
    an ``https`` address of a playlist.
    """
    _check_titles(title, title_en)
    titles = (title.strip(), title_en.strip())
    address = address.strip()
    if not is_usable_address(address):
        raise BroadcastRefused(Refusal.BAD_ADDRESS)
    with transaction.atomic():
        broadcast = Broadcast.objects.filter(outside_url=address).order_by("pk").first()
        if broadcast is None:
            broadcast = Broadcast.objects.create(
                title=titles[0],
                title_en=titles[1],
                outside_url=address,
                state="ready",
                progress=100,
                prepared_at=now,
            )
        elif (broadcast.title, broadcast.title_en) == titles:
            return broadcast
        else:
            broadcast.title, broadcast.title_en = titles
            broadcast.save(update_fields=["title", "title_en"])
        _note(broadcast, "campaigns.stream_registered", actor=actor, now=now)
    return broadcast


def _check_titles(title: str, title_en: str) -> None:
    if not 1 <= len(title.strip()) <= LONGEST_TITLE or len(title_en.strip()) > LONGEST_TITLE:
        raise BroadcastRefused(Refusal.NO_TITLE)


def _begin(spec: RecordingSpec, digest: str, *, actor: str, now: datetime) -> Broadcast:
    with transaction.atomic():
        rows = Broadcast.objects.select_for_update(no_key=True).filter(outside_url="")
        if spec.replaces:
            broadcast = rows.filter(public_id=spec.replaces).first()
            if broadcast is None:
                raise BroadcastRefused(Refusal.UNKNOWN)
        else:
            broadcast = rows.filter(source_digest=digest).order_by("pk").first()
        if broadcast is None:
            broadcast = Broadcast.objects.create(
                title=spec.title.strip(), source_name=_source_name(spec), source_digest=digest
            )
        broadcast.state = "ready" if broadcast.ladder else "preparing"
        broadcast.progress, broadcast.failure = 0, ""
        broadcast.save(update_fields=["state", "progress", "failure"])
        _note(broadcast, "campaigns.preparation_begun", actor=actor, now=now)
    return broadcast


def _fail(broadcast: Broadcast, code: str, *, actor: str, now: datetime) -> None:
    with transaction.atomic():
        broadcast.state = "ready" if broadcast.ladder else "failed"
        broadcast.failure = code
        broadcast.save(update_fields=["state", "failure"])
        _note(broadcast, "campaigns.preparation_failed", actor=actor, now=now, code=code)


def _finish(
    broadcast: Broadcast, spec: RecordingSpec, ladder: Ladder, *, actor: str, now: datetime
) -> None:
    changes: dict[str, object] = {
        "title": spec.title.strip(),
        "title_en": spec.title_en.strip(),
        "source_name": _source_name(spec),
        "source_digest": ladder.source_digest,
        "state": "ready",
        "progress": 100,
        "duration_seconds": ladder.duration_ms / 1000,
        "prepared_at": now,
        "ladder": msgspec.json.decode(msgspec.json.encode(ladder)),
    }
    with transaction.atomic():
        for name, value in changes.items():
            setattr(broadcast, name, value)
        broadcast.save(update_fields=[*changes])
        _note(
            broadcast, "campaigns.preparation_finished", actor=actor, now=now,
            revision=ladder.revision,
        )  # fmt: skip


def _source_name(spec: RecordingSpec) -> str:
    return (spec.source_name or spec.source.name)[:LONGEST_SOURCE_NAME]


def _note(broadcast: Broadcast, action: str, *, actor: str, now: datetime, **facts: str) -> None:
    audit.record(
        actor=actor, action=action, subject=f"broadcast:{broadcast.public_id}", now=now, **facts
    )
