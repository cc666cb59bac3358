"""A quiet pentatonic melody, computed: soft bell-like tones, eight bars that begin again.

The sound only has to show that sound arrives; it must not tire anybody in half an hour.
"""

import math
import wave
from array import array
from pathlib import Path

SAMPLES_PER_SECOND = 16_000
BEAT_SECONDS = 0.75
RING_SECONDS = 3.0
LOUDNESS = 0.16
"""About -16 dBFS at most; tones that ring together stay far from the limit."""

D4_HERTZ = 293.66
_STEPS = {"1": 0, "2": 2, "3": 4, "5": 7, "6": 9}
"""Semitones above the first degree of the scale 宫 商 角 徵 羽."""

# One character a beat: a degree, an apostrophe raises the one before, a full stop rests.
SONG = (
    "1.2.3.5. 6.5.3... 5.6.1'.6. 5....... "
    "3.5.6.5. 3.2.1... 2.3.5.3. 2...1..."
)  # fmt: skip


def write_melody(path: Path) -> float:
    """Write the melody as WAV and return its length in seconds. It may be looped."""
    beats = _beats(SONG)
    mix = array("f", bytes(4 * round(len(beats) * BEAT_SECONDS * SAMPLES_PER_SECOND)))
    tones = {pitch: _tone(D4_HERTZ * 2 ** (pitch / 12)) for pitch in beats if pitch is not None}
    for number, pitch in enumerate(beats):
        if pitch is not None:
            _add(mix, tones[pitch], round(number * BEAT_SECONDS * SAMPLES_PER_SECOND))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLES_PER_SECOND)
        out.writeframes(array("h", (round(32_767 * LOUDNESS * value) for value in mix)).tobytes())
    return len(mix) / SAMPLES_PER_SECOND


def _beats(song: str) -> list[int | None]:
    beats: list[int | None] = []
    for sign in song.replace(" ", ""):
        if sign == "'":
            assert beats[-1] is not None, "a rest cannot be raised"
            beats[-1] += 12
        else:
            beats.append(_STEPS.get(sign))
    return beats


def _tone(hertz: float) -> "array[float]":
    """Return one struck tone: quick soft attack, long decay, two faint overtones."""
    turn = 2 * math.pi * hertz / SAMPLES_PER_SECOND
    samples = array("f")
    for n in range(round(RING_SECONDS * SAMPLES_PER_SECOND)):
        seconds = n / SAMPLES_PER_SECOND
        strength = min(1.0, seconds / 0.03) * math.exp(-1.6 * seconds)
        fading = 1 - seconds / RING_SECONDS
        tone = math.sin(turn * n) + 0.2 * math.sin(2 * turn * n) + 0.05 * math.sin(3 * turn * n)
        samples.append(strength * fading * tone)
    return samples


def _add(mix: "array[float]", tone: "array[float]", start: int) -> None:
    """Add a tone; what rings past the end is heard at the beginning, so the loop has no seam."""
    size = len(mix)
    for n, value in enumerate(tone, start):
        mix[n % size] += value
