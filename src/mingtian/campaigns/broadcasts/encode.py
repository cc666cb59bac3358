"""The one ffmpeg command that makes every rung of a ladder.

One decoding feeds all rungs; the sound is encoded once and written beside every picture
(tee). Choices for old Android web views, the WeChat browser and iPhones: MPEG-TS segments,
H.264 Main without B-frames (so decoding and showing times agree in every rung), yuv420p,
AAC-LC mono.
"""

from mingtian.campaigns.broadcasts import ffmpeg
from mingtian.campaigns.broadcasts.probe import Recording
from mingtian.campaigns.broadcasts.rungs import SOUND_BITS_PER_SECOND, SOUND_NAME, Shape

RECIPE = "1"
"""Raise it whenever the command changes what comes out; old preparations are then redone."""

PLAYLIST = "index.m3u8"
SAMPLE_RATE = 44_100
SOUND_FRAME_SAMPLES = 1024
SOUND_GATHERED_MICROSECONDS = 700_000
"""Lets MPEG-TS pack several frames of sound together. Without it 64 kbit/s of sound travel as
131 kbit/s, since tee passes a delay of zero on."""

QUALITY = 24
MOST_ERRORS = 0.1


def whole_seconds(duration_ms: int) -> int:
    """Return the length to encode. Rounded up: the last picture stays, the sound is silent."""
    return -(-duration_ms // 1000)


def arguments(recording: Recording, shapes: tuple[Shape, ...], segment_seconds: int) -> list[str]:
    """Return the arguments; the run's folder must hold one empty folder per rung."""
    frames = recording.frame_rate * segment_seconds
    sound_input = "0" if recording.sound_stream is not None else "1"
    command = ["-v", "error", "-y", "-max_error_rate", str(MOST_ERRORS)]
    command += [*ffmpeg.SAFE_INPUT, "-i", ffmpeg.named(recording.path)]
    if recording.sound_stream is None:
        command += ["-f", "lavfi", "-i", f"anullsrc=r={SAMPLE_RATE}:cl=mono"]
    command += ["-filter_complex", _filters(recording, shapes, sound_input)]
    for number in range(len(shapes)):
        command += ["-map", f"[v{number}]"]
    command += ["-map", "[sound]", "-t", str(whole_seconds(recording.duration_ms))]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-bf", "0"]
    # A key frame at every multiple of the segment length and nowhere else: rungs cut alike.
    command += ["-g", str(frames), "-keyint_min", str(frames), "-sc_threshold", "0"]
    command += ["-crf", str(QUALITY)]
    for number, shape in enumerate(shapes):
        command += [f"-maxrate:v:{number}", str(shape.bits_per_second)]
        command += [f"-bufsize:v:{number}", str(2 * shape.bits_per_second)]
    command += ["-c:a", "aac", "-b:a", str(SOUND_BITS_PER_SECOND), "-ac", "1"]
    command += ["-map_metadata", "-1", "-f", "tee", _outputs(shapes, segment_seconds)]
    return command


def _filters(recording: Recording, shapes: tuple[Shape, ...], sound_input: str) -> str:
    """Even out the frames once, shrink to the largest rung once, and go down from there."""
    largest = shapes[-1]
    chains = [
        f"[0:{recording.picture_stream}]yadif=deint=interlaced,"
        f"fps={recording.frame_rate}:start_time=0,"
        f"scale={largest.picture_width}:{largest.picture_height},format=yuv420p,"
        f"tpad=stop=-1:stop_mode=clone,split={len(shapes)}"
        + "".join(f"[s{number}]" for number in range(len(shapes)))
    ]
    for number, shape in enumerate(shapes):
        chains.append(
            f"[s{number}]scale={shape.picture_width}:{shape.picture_height},"
            f"pad={shape.width}:{shape.height}:-1:-1:black,setsar=1[v{number}]"
        )
    sound = recording.sound_stream if recording.sound_stream is not None else 0
    # The encoder adds a frame before the start and fills up the last one; two frames less
    # keep the sound from spilling into a segment of its own behind the last.
    end = whole_seconds(recording.duration_ms) - 2 * SOUND_FRAME_SAMPLES / SAMPLE_RATE
    chains.append(
        f"[{sound_input}:{sound}]aresample={SAMPLE_RATE}:async=1:first_pts=0,"
        f"apad,atrim=end={end:.3f}[sound]"
    )
    return ";".join(chains)


def _outputs(shapes: tuple[Shape, ...], segment_seconds: int) -> str:
    hls = (
        f"f=hls:max_delay={SOUND_GATHERED_MICROSECONDS}:hls_time={segment_seconds}"
        ":hls_list_size=0:hls_playlist_type=vod"
    )
    outputs = [(shape.name, rf"\'v:{number},a:0\'") for number, shape in enumerate(shapes)]
    outputs.append((SOUND_NAME, r"\'a:0\'"))
    # Relative names: the folder the run works in may contain any character.
    return "|".join(
        f"[select={streams}:{hls}:hls_segment_filename={name}/%05d.ts]{name}/{PLAYLIST}"
        for name, streams in outputs
    )
