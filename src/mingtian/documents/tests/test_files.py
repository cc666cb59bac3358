"""Attachments: told by their bytes, sealed, given back; pictures without what came beside them."""

import io
import zipfile

import pytest
from docx import Document as Word
from PIL import ExifTags, Image

from mingtian.core.errors import RuleBroken
from mingtian.core.seal import SealBroken
from mingtian.documents import actions
from mingtian.documents.files import FileKind, kind_of
from mingtian.documents.models import Attachment
from mingtian.documents.rules import MOST_ATTACHMENTS, MOST_BYTES
from mingtian.documents.tests.conftest import Office
from mingtian.testing.make import NOW

PDF = b"%PDF-1.7\nsome"


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def word() -> bytes:
    made = io.BytesIO()
    Word().save(made)
    return made.getvalue()


def photograph(form: str, size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture as a phone takes it lying on its side: with place, maker and a remark."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "PHONE-OF-MINE"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (46.0, 38.0, 12.0)
    made = io.BytesIO()
    Image.new("RGB", size, "green").save(made, form, exif=exif)
    return made.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_pixels_and_loses_place_and_maker(office: Office, form: str) -> None:
    taken = photograph(form)
    assert b"PHONE-OF-MINE" in taken

    kept = actions.attach(
        document_id=office.draft().pk, name="现场.jpg", content=taken, by=office.by, now=NOW
    )

    content = actions.open_attachment(kept)
    assert b"PHONE-OF-MINE" not in content
    with Image.open(io.BytesIO(content)) as shown:
        assert (shown.format, shown.size) == (form, (20, 40))
        assert dict(shown.getexif()) == {}
        assert dict(shown.getexif().get_ifd(ExifTags.IFD.GPSInfo)) == {}
        red, green, blue = shown.convert("RGB").tobytes()[:3]
    assert green > 110 > max(red, blue)
    assert kept.size == len(content)


def test_the_same_photograph_twice_is_one_attachment(office: Office) -> None:
    draft = office.draft()
    for _ in range(2):
        actions.attach(
            document_id=draft.pk, name="", content=photograph("JPEG"), by=office.by, now=NOW
        )
    assert Attachment.objects.count() == 1


def test_what_shows_through_a_picture_still_does(office: Office) -> None:
    made = io.BytesIO()
    Image.new("P", (4, 4)).save(made, "PNG", transparency=0)
    kept = actions.attach(
        document_id=office.draft().pk, name="", content=made.getvalue(), by=office.by, now=NOW
    )
    with Image.open(io.BytesIO(actions.open_attachment(kept))) as shown:
        assert shown.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "picture_damaged"),
        (photograph("JPEG")[:200], "picture_damaged"),
        (photograph("PNG", (9000, 9000)), "picture_too_large"),
    ],
    ids=["no picture", "half a picture", "too many pixels"],
)
def test_a_picture_that_cannot_be_drawn_is_refused(
    office: Office, content: bytes, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        actions.attach(
            document_id=office.draft().pk, name="", content=content, by=office.by, now=NOW
        )


def test_files_are_told_by_their_first_bytes() -> None:
    assert kind_of(PDF) is FileKind.PDF
    assert kind_of(word()) is FileKind.DOCX
    assert kind_of(zipped("[Content_Types].xml", "xl/workbook.xml")) is FileKind.XLSX
    assert kind_of(b"\xff\xd8\xff\xe0rest") is FileKind.JPEG
    assert kind_of(b"\x89PNG\r\n\x1a\nrest") is FileKind.PNG
    assert kind_of(b"RIFF0000WEBPrest") is FileKind.WEBP


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "attachment_empty"),
        (b"<html><script>", "attachment_wrong_kind"),
        (b"MZ\x90\x00", "attachment_wrong_kind"),
        (b"PK\x03\x04broken", "attachment_wrong_kind"),
        (zipped("a.txt"), "attachment_wrong_kind"),
        (
            zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "attachment_wrong_kind",
        ),
        (PDF + b"0" * MOST_BYTES, "attachment_too_large"),
    ],
)
def test_other_files_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        kind_of(content)


def test_an_attachment_is_sealed_in_its_row_and_comes_back_whole(office: Office) -> None:
    draft = office.draft()

    kept = actions.attach(
        document_id=draft.pk, name="..\\附表\x07.exe", content=PDF, by=office.by, now=NOW
    )

    assert kept.name == "附表.pdf"
    assert PDF not in bytes(kept.content_sealed)
    assert actions.open_attachment(Attachment.objects.get(pk=kept.pk)) == PDF
    kept.public_id = "000000000000"
    with pytest.raises(SealBroken):
        actions.open_attachment(kept)


def test_the_same_file_twice_is_one_attachment(office: Office) -> None:
    draft = office.draft()
    first, second = (
        actions.attach(document_id=draft.pk, name="a.pdf", content=PDF, by=office.by, now=NOW)
        for _ in range(2)
    )
    assert first.pk == second.pk


def test_an_eleventh_attachment_is_refused(office: Office) -> None:
    draft = office.draft()
    for number in range(MOST_ATTACHMENTS):
        content = PDF + bytes([number])
        actions.attach(document_id=draft.pk, name="", content=content, by=office.by, now=NOW)
    with pytest.raises(RuleBroken, match="too_many_attachments"):
        actions.attach(document_id=draft.pk, name="", content=PDF, by=office.by, now=NOW)


def test_nothing_is_attached_to_what_has_been_issued(office: Office) -> None:
    issued = office.issued()
    with pytest.raises(RuleBroken, match="document_issued"):
        actions.attach(document_id=issued.pk, name="", content=PDF, by=office.by, now=NOW)
