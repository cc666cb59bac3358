"""Broadcast rows: what is kept while a recording is prepared, when it fails, when it is replaced."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from django.utils.translation import override

from mingtian.campaigns.actions.broadcasts import (
    RecordingSpec,
    prepare_recording,
    register_outside_stream,
)
from mingtian.campaigns.broadcasts.refusals import BroadcastRefused, Refusal
from mingtian.campaigns.models import Broadcast
from mingtian.campaigns.queries import list_broadcasts
from mingtian.campaigns.tests.clips import make_clip
from mingtian.core.ladder import Ladder, read_ladder
from mingtian.core.models import AuditEntry

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)
STREAM = "https://live.example/hall/index.m3u8"


def ticking() -> Callable[[], datetime]:
    """Return a clock that is a minute later at each look."""
    minutes = iter(range(1000))
    return lambda: NOON + timedelta(minutes=next(minutes))


def run(
    clip: Path, *, title: str = "第一讲", replaces: str = "", percents: list[int] | None = None
) -> Broadcast:
    spec = RecordingSpec(source=clip, title=title, replaces=replaces)
    heard = [] if percents is None else percents
    return prepare_recording(
        spec=spec, shelves=clip.parent / "media", actor="test", clock=ticking(),
        on_progress=heard.append,
    )  # fmt: skip


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_recording_becomes_ready(tmp_path: Path) -> None:
    run(make_clip(tmp_path / "clip.mp4"))

    row = Broadcast.objects.get()
    ladder = read_ladder(row.ladder)
    assert (row.title, row.source_name, row.state) == ("第一讲", "clip.mp4", "ready")
    assert (row.progress, row.failure, row.duration_seconds) == (100, "", 6.0)
    assert row.prepared_at == NOON + timedelta(minutes=1)
    assert row.source_digest == ladder.source_digest
    folder = tmp_path / "media" / row.public_id / ladder.revision
    assert msgspec.json.decode((folder / "ladder.json").read_bytes(), type=Ladder) == ladder
    assert acts() == ["campaigns.preparation_begun", "campaigns.preparation_finished"]


def test_the_row_shows_how_far_it_is(tmp_path: Path) -> None:
    seen: list[tuple[int, str]] = []

    prepare_recording(
        spec=RecordingSpec(source=make_clip(tmp_path / "clip.mp4"), title="第一讲"),
        shelves=tmp_path / "media",
        actor="test",
        clock=ticking(),
        on_progress=lambda _percent: seen.append(
            Broadcast.objects.values_list("progress", "state").get()
        ),
    )

    assert seen[0] == (2, "preparing")
    assert [percent for percent, _ in seen] == sorted(percent for percent, _ in seen)


def test_the_same_recording_keeps_its_broadcast(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    first = run(clip)
    percents: list[int] = []

    second = run(clip, title="第二讲", percents=percents)

    assert second.pk == first.pk
    assert percents == [2, 100]
    assert Broadcast.objects.get().title == "第二讲"


def test_a_broken_recording_leaves_a_row_that_says_why(tmp_path: Path) -> None:
    clip = tmp_path / "notes.mp4"
    clip.write_text("no video", encoding="utf-8")

    with pytest.raises(BroadcastRefused):
        run(clip)

    row = Broadcast.objects.get()
    assert (row.state, row.failure, row.ladder) == ("failed", Refusal.UNREADABLE, {})
    assert acts()[-1] == "campaigns.preparation_failed"


def test_a_mended_recording_can_replace_the_failed_one(tmp_path: Path) -> None:
    broken = tmp_path / "notes.mp4"
    broken.write_text("no video", encoding="utf-8")
    with pytest.raises(BroadcastRefused):
        run(broken)
    row = Broadcast.objects.get()

    run(make_clip(tmp_path / "clip.mp4"), replaces=row.public_id)

    row.refresh_from_db()
    assert (row.state, row.failure, row.source_name) == ("ready", "", "clip.mp4")


def test_a_ready_broadcast_stays_on_air_when_its_replacement_is_broken(tmp_path: Path) -> None:
    row = run(make_clip(tmp_path / "clip.mp4"))
    broken = tmp_path / "notes.mp4"
    broken.write_text("no video", encoding="utf-8")

    with pytest.raises(BroadcastRefused):
        run(broken, replaces=row.public_id)

    after = Broadcast.objects.get()
    assert (after.state, after.failure) == ("ready", Refusal.UNREADABLE)
    assert (after.ladder, after.source_digest) == (row.ladder, row.source_digest)


def test_the_recording_before_the_last_is_kept_for_phones_still_reading_it(tmp_path: Path) -> None:
    row = run(make_clip(tmp_path / "one.mp4", seconds=5))
    revisions = [read_ladder(row.ladder).revision]
    for seconds in (6, 7):
        row = run(make_clip(tmp_path / "next.mp4", seconds=seconds), replaces=row.public_id)
        revisions.append(read_ladder(row.ladder).revision)

    shelf = tmp_path / "media" / row.public_id
    kept = {path.name for path in shelf.iterdir() if path.is_dir()}
    assert kept == set(revisions[1:])


def test_a_stopped_preparation_does_not_look_busy_for_ever(tmp_path: Path) -> None:
    spec = RecordingSpec(source=make_clip(tmp_path / "clip.mp4"), title="第一讲")

    def stop(_percent: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare_recording(
            spec=spec, shelves=tmp_path / "media", actor="test", clock=ticking(), on_progress=stop
        )

    row = Broadcast.objects.get()
    assert (row.state, row.progress) == ("new", 0)


@pytest.mark.parametrize("title", ["", "   ", "讲" * 161])
def test_a_broadcast_needs_a_title(tmp_path: Path, title: str) -> None:
    with pytest.raises(BroadcastRefused) as refused:
        run(make_clip(tmp_path / "clip.mp4"), title=title)

    assert refused.value.code == Refusal.NO_TITLE
    assert not Broadcast.objects.exists()


def test_a_missing_file_makes_no_row(tmp_path: Path) -> None:
    with pytest.raises(BroadcastRefused) as refused:
        run(tmp_path / "nowhere.mp4")

    assert refused.value.code == Refusal.MISSING
    assert not Broadcast.objects.exists()


def test_only_a_known_broadcast_can_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(BroadcastRefused) as refused:
        run(make_clip(tmp_path / "clip.mp4"), replaces="000000000000")

    assert refused.value.code == Refusal.UNKNOWN


def test_an_outside_stream_is_ready_at_once() -> None:
    row = register_outside_stream(title="市台直播", address=f" {STREAM} ", actor="test", now=NOON)

    assert (row.outside_url, row.state, row.ladder) == (STREAM, "ready", {})
    assert acts() == ["campaigns.stream_registered"]


def test_the_desk_chooses_by_the_title_in_its_own_language() -> None:
    register_outside_stream(
        title="市台直播", title_en="City channel", address=STREAM, actor="test", now=NOON
    )

    with override("en"):
        assert [title for _id, title in list_broadcasts()] == ["City channel"]
    with override("zh-hans"):
        assert [title for _id, title in list_broadcasts()] == ["市台直播"]


def test_an_english_title_comes_with_the_recording(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4")
    spec = RecordingSpec(source=clip, title="第一讲", title_en="First lecture")

    prepare_recording(spec=spec, shelves=tmp_path / "media", actor="test", clock=ticking())

    assert Broadcast.objects.get().title_en == "First lecture"


def test_registering_again_changes_the_title_only() -> None:
    first = register_outside_stream(title="市台直播", address=STREAM, actor="test", now=NOON)
    same = register_outside_stream(title="市台直播", address=STREAM, actor="test", now=NOON)
    renamed = register_outside_stream(title="省台直播", address=STREAM, actor="test", now=NOON)

    assert first.pk == same.pk == renamed.pk
    assert Broadcast.objects.get().title == "省台直播"
    assert len(acts()) == 2


@pytest.mark.parametrize(
    "address",
    [
        "",
        "live.example/index.m3u8",
        "http://live.example/index.m3u8",
        "rtmp://live.example/hall",
        "https:///index.m3u8",
        "https://live.example/watch",
        "https://name:word@live.example/index.m3u8",
        "https://live.example/a b/index.m3u8",
        "https://live.example/index.m3u8#top",
        "https://live.example:99999/index.m3u8",
        "https://[live/index.m3u8",
        "javascript:alert(1)//.m3u8",
        f"https://live.example/{'a' * 500}.m3u8",
    ],
)
def test_only_a_secure_playlist_can_be_registered(address: str) -> None:
    with pytest.raises(BroadcastRefused) as refused:
        register_outside_stream(title="市台直播", address=address, actor="test", now=NOON)

    assert refused.value.code == Refusal.BAD_ADDRESS


def test_an_address_may_carry_a_port_and_a_query() -> None:
    address = "https://live.example:8443/hall/index.m3u8?token=1"

    assert (
        register_outside_stream(
            title="市台直播", address=address, actor="test", now=NOON
        ).outside_url
        == address
    )
