"""Prepares a recording: one run, checked, measured, published in one step, repeatable."""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b, file_digest
from pathlib import Path

import msgspec

from mingtian.campaigns.broadcasts import encode, ffmpeg
from mingtian.campaigns.broadcasts.measure import measure_picture, measure_sound, require_even_cuts
from mingtian.campaigns.broadcasts.probe import Recording, probe
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal
from mingtian.campaigns.broadcasts.rungs import SOUND_NAME, Shape, bytes_needed, shapes_for
from mingtian.campaigns.broadcasts.slides import slide_length_ms, take_slides
from mingtian.core.ladder import SLIDES_FOLDER, Ladder, segment_name, slide_name

LADDER_FILE = "ladder.json"
POSTER_FILE = "poster.jpg"
WORKING_FOLDER = ".preparing"
LOCK_FILE = ".lock"
DISK_FULL = "No space left on device"
SPARE_BYTES = 5_000_000
SHORTEST_SEGMENT_SECONDS = 1
LONGEST_SEGMENT_SECONDS = 10
SHORT_EVENING_SECONDS = 15 * 60
PROBED_PERCENT = 2
ENCODED_PERCENT = 98


def usual_segment_seconds(duration_seconds: float) -> int:
    """Return 4 s, or 2 s for a short demonstration, where 12 s of delay would be felt."""
    return 2 if duration_seconds <= SHORT_EVENING_SECONDS else 4


def prepare(
    source: Path,
    shelf: Path,
    *,
    segment_seconds: int | None = None,
    on_progress: Callable[[int], None] = ffmpeg.unheard,
) -> Ladder:
    """Make the ladder of ``source`` in ``shelf / ladder.revision`` and return it.

    The same source with the same segment length is not encoded twice. Nothing is seen
    under the final name before all of it is there; whatever goes wrong, or a Ctrl-C,
    leaves the shelf as it was. Two callers with one shelf wait for each other.

    ``on_progress`` gets whole percents, rising, 100 last. Raises :class:`BroadcastRefused`.
    """
    rising = _rising(on_progress)
    recording = probe(source)
    seconds = segment_seconds or usual_segment_seconds(recording.duration_ms / 1000)
    if not SHORTEST_SEGMENT_SECONDS <= seconds <= LONGEST_SEGMENT_SECONDS:
        raise BroadcastRefused(Refusal.BAD_SEGMENT_LENGTH)
    digest = digest_of(source)
    revision = _revision(digest, seconds)
    rising(PROBED_PERCENT)
    with _alone(shelf) as working:
        ladder = read_prepared(shelf / revision)
        if ladder is None:
            ladder = _make(recording, working, (revision, digest, seconds), rising)
            _publish(ladder, working, shelf / revision)
        elif not ladder.slide_ms:
            ladder = _add_slides(ladder, shelf / revision)
    rising(100)
    return ladder


def digest_of(source: Path) -> str:
    """Return 64 hexadecimal characters that name the content of the file."""
    with source.open("rb") as stream:
        return file_digest(stream, lambda: blake2b(digest_size=32)).hexdigest()


def read_prepared(folder: Path) -> Ladder | None:
    """Return the ladder in a revision's folder, or None unless every file of it is there."""
    try:
        ladder = msgspec.json.decode((folder / LADDER_FILE).read_bytes(), type=Ladder)
        names = [segment_name(index) for index in range(ladder.segment_count)]
        files = [folder / rung.name / name for rung in ladder.rungs for name in names]
        slides = folder / SLIDES_FOLDER
        files += [slides / slide_name(index) for index in range(ladder.slide_count)]
        complete = all(file.stat().st_size for file in [*files, folder / POSTER_FILE])
    except (OSError, msgspec.MsgspecError):
        return None
    return ladder if complete else None


def drop_other_revisions(shelf: Path, keep: set[str]) -> None:
    """Delete prepared folders that nothing refers to any more."""
    for folder in shelf.iterdir():
        if folder.is_dir() and folder.name != WORKING_FOLDER and folder.name not in keep:
            shutil.rmtree(folder)


def require_room(folder: Path, needed: int) -> None:
    """Refuse before a long run what the disk could not hold."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BroadcastRefused(Refusal.NO_ROOM, needed_bytes=needed, free_bytes=free)


def refusal_from(outcome: ffmpeg.Outcome) -> BroadcastRefused:
    """Say what stopped ffmpeg, from its exit status and its words."""
    if DISK_FULL in outcome.said or outcome.status == 256 - errno.ENOSPC:
        return BroadcastRefused(Refusal.NO_ROOM)
    if "[aist#" in outcome.said and "[vist#" not in outcome.said:
        return BroadcastRefused(Refusal.SOUND_DAMAGED)
    return BroadcastRefused(Refusal.PICTURE_DAMAGED)


def _revision(digest: str, segment_seconds: int) -> str:
    named = f"{encode.RECIPE}|{segment_seconds}|{digest}".encode()
    return blake2b(named, digest_size=6).hexdigest()


@contextmanager
def _alone(shelf: Path) -> Iterator[Path]:
    """Hold the shelf; yield an empty working folder in it that is gone afterwards.

    The kernel lets go of the lock however the holder ends, so a folder found here was left
    by one that was killed.
    """
    shelf.mkdir(parents=True, exist_ok=True)
    working = shelf / WORKING_FOLDER
    with (shelf / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir()
        try:
            yield working
        finally:
            shutil.rmtree(working, ignore_errors=True)


def _make(
    recording: Recording,
    working: Path,
    identity: tuple[str, str, int],
    on_progress: Callable[[int], None],
) -> Ladder:
    revision, digest, segment_seconds = identity
    shapes = shapes_for(recording.width, recording.height)
    require_room(working, bytes_needed(shapes, recording.duration_ms) + SPARE_BYTES)
    _encode(recording, shapes, working, segment_seconds, on_progress)
    total = encode.whole_seconds(recording.duration_ms)
    lengths = [
        float(min(segment_seconds, total - begins)) for begins in range(0, total, segment_seconds)
    ]
    for name in [*(shape.name for shape in shapes), SOUND_NAME]:
        require_even_cuts(working / name, lengths)
    pictures = [measure_picture(working, shape, lengths, recording.frame_rate) for shape in shapes]
    _take_poster(working, working / shapes[-1].name / segment_name(len(lengths) // 10))
    ladder = Ladder(
        revision=revision,
        source_digest=digest,
        segment_ms=segment_seconds * 1000,
        duration_ms=total * 1000,
        rungs=(*pictures, measure_sound(working, lengths)),
        slide_ms=slide_length_ms(segment_seconds * 1000),
    )
    take_slides(working, ladder)
    return ladder


def _encode(
    recording: Recording,
    shapes: tuple[Shape, ...],
    working: Path,
    segment_seconds: int,
    on_progress: Callable[[int], None],
) -> None:
    for name in [*(shape.name for shape in shapes), SOUND_NAME]:
        (working / name).mkdir()

    def tell(instant: int) -> None:
        share = min(1.0, instant / recording.duration_ms)
        on_progress(PROBED_PERCENT + int(share * (ENCODED_PERCENT - PROBED_PERCENT)))

    outcome = ffmpeg.run(
        encode.arguments(recording, shapes, segment_seconds), folder=working, on_instant=tell
    )
    if outcome.status != 0:
        raise refusal_from(outcome)
    # On a full disk the HLS writer leaves empty files, says nothing and ends with status 0.
    require_room(working, SPARE_BYTES)


def _take_poster(working: Path, segment: Path) -> None:
    """Take the first picture of a finished segment: it is a key frame and surely decodes."""
    poster = ffmpeg.named(working / POSTER_FILE)
    outcome = ffmpeg.ask(
        ["-v", "error", "-y", "-i", ffmpeg.named(segment), "-frames:v", "1", "-q:v", "4", poster]
    )
    if outcome.status != 0 or not (working / POSTER_FILE).is_file():
        raise refusal_from(outcome)


def _add_slides(ladder: Ladder, folder: Path) -> Ladder:
    """Give slides to a folder that was prepared before there were any; nothing else changes."""
    complete = msgspec.structs.replace(ladder, slide_ms=slide_length_ms(ladder.segment_ms))
    require_room(folder, SPARE_BYTES)
    take_slides(folder, complete)
    draft = folder / f"{LADDER_FILE}.draft"
    draft.write_bytes(msgspec.json.encode(complete))
    draft.rename(folder / LADDER_FILE)
    return complete


def _publish(ladder: Ladder, working: Path, final: Path) -> None:
    for playlist in working.glob(f"*/{encode.PLAYLIST}"):
        # The server composes the playlists; the encoder's would be a second truth.
        playlist.unlink()
    (working / LADDER_FILE).write_bytes(msgspec.json.encode(ladder))
    shutil.rmtree(final, ignore_errors=True)
    # A power cut after the rename must not leave a finished name over empty files.
    os.sync()
    working.rename(final)


def _rising(on_progress: Callable[[int], None]) -> Callable[[int], None]:
    """Pass a percent on only when it is higher than all before."""
    highest = -1

    def tell(percent: int) -> None:
        nonlocal highest
        if percent > highest:
            highest = percent
            on_progress(percent)

    return tell
