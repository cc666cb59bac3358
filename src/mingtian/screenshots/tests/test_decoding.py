"""What strangers send is decoded apart, made small, stripped, or refused with a reason."""

import io
import struct
import zlib

import pytest
from PIL import Image

from mingtian.core.errors import RuleBroken
from mingtian.screenshots.pictures import clean_picture
from mingtian.screenshots.rules import LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, Refusal, alike
from mingtian.screenshots.tests.conftest import drawn, encoded


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def png_of(width: int, height: int) -> bytes:
    """Return a tiny file that says it holds so many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        mark = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", mark)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_screenshot_becomes_a_small_jpeg(kind: str) -> None:
    clean = clean_picture(encoded(drawn((1080, 2400)), kind))

    picture = opened(clean.content)
    assert picture.format == "JPEG"
    assert max(picture.size) == LONGEST_SIDE


def test_what_the_phone_wrote_into_the_file_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Phone of Lin Xiaoman"
    exif[0x8825] = {1: "N", 2: (46.0, 38.0, 0.0)}
    upload = encoded(drawn(), "JPEG", exif=exif, comment=b"Lin Xiaoman", icc_profile=b"profile")
    assert b"Xiaoman" in upload

    clean = clean_picture(upload)

    assert b"Xiaoman" not in clean.content
    picture = opened(clean.content)
    assert not picture.getexif()
    assert not {"comment", "exif", "icc_profile"} & set(picture.info)


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    clean = clean_picture(encoded(drawn((600, 300)), "JPEG", exif=exif))

    assert opened(clean.content).size == (300, 600)


def test_what_shows_through_becomes_white() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))

    clean = clean_picture(encoded(clear))

    pixel = opened(clean.content).getpixel((20, 20))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


def moving(kind: str) -> bytes:
    frames = [drawn(mark=mark) for mark in (1, 2)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (b"", Refusal.NO_FILE),
        (b"x" * (MOST_BYTES + 1), Refusal.TOO_LARGE),
        (b"%PDF-1.7 not a picture", Refusal.NO_PICTURE),
        (encoded(drawn(), "GIF"), Refusal.NO_PICTURE),
        (encoded(drawn(), "BMP"), Refusal.NO_PICTURE),
        (encoded(drawn())[:-400], Refusal.DAMAGED),
        (encoded(drawn(), "JPEG")[:2000], Refusal.DAMAGED),
        (encoded(drawn(), "WEBP")[:700], Refusal.DAMAGED),
        (moving("PNG"), Refusal.ANIMATED),
        (moving("WEBP"), Refusal.ANIMATED),
        (png_of(MOST_PIXELS // 1000, 1001), Refusal.TOO_MANY_PIXELS),
        (png_of(60_000, 60_000), Refusal.TOO_MANY_PIXELS),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else "",
)
def test_what_cannot_be_kept_is_refused_with_its_reason(upload: bytes, refusal: Refusal) -> None:
    with pytest.raises(RuleBroken) as caught:
        clean_picture(upload)

    assert caught.value.code == refusal


def test_copies_are_alike_and_other_pictures_are_not() -> None:
    first = clean_picture(encoded(drawn((1080, 2400), mark=1)))
    copy = clean_picture(encoded(drawn((1080, 2400), mark=1).resize((540, 1200)), "JPEG"))
    other = clean_picture(encoded(drawn((1080, 2400), mark=2)))

    assert alike(first.fingerprint, copy.fingerprint)
    assert not alike(first.fingerprint, other.fingerprint)


def test_a_jpeg_with_a_second_smaller_picture_inside_is_still() -> None:
    """Cameras of several phones write one (MPO); it is no animation."""
    upload = encoded(drawn(mark=1), "MPO", save_all=True, append_images=[drawn((54, 120))])

    assert opened(clean_picture(upload).content).size == (486, 1080)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_just_below_the_limit_is_taken_within_the_memory(kind: str) -> None:
    upload = encoded(Image.new("RGBA", (5000, MOST_PIXELS // 5000), (9, 9, 9, 90)), kind)

    assert max(opened(clean_picture(upload).content).size) == LONGEST_SIDE


@pytest.mark.parametrize(("mode", "kind"), [("P", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")])
def test_unusual_colours_are_taken(mode: str, kind: str) -> None:
    upload = encoded(Image.new(mode, (300, 200)), kind)

    assert opened(clean_picture(upload).content).mode == "RGB"
