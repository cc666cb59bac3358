"""Certificates on paper and as pictures: rare names, long names, QR codes read back, PDF/A."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import zxingcpp
from django.conf import settings
from django.utils import translation
from PIL import Image

from mingtian.certificates.badges.issuer import certificate_id
from mingtian.certificates.drawing.paper import Sheet, card_png, sheet_pdf
from mingtian.certificates.drawing.words import Owner, sheet_of
from mingtian.certificates.queries.certificates import CertificateRow
from mingtian.certificates.rules import Refusal, new_serial
from mingtian.certificates.tests.conftest import Series
from mingtian.core.errors import RuleBroken
from mingtian.people.rules import Kin, PersonKind

A4_LANDSCAPE = (841, 595)
RARE = "䶮㛃𬱖𫖯𬭊〇"
LONG = "阿卜杜热合曼·买买提艾力·古丽娜尔·阿卜杜热西提·吾斯曼江·艾山·阿依古丽·热合曼江"


def owner(
    series: Series, name: str = "林小满", kind: int = PersonKind.PUPIL, kin: str = ""
) -> Owner:
    row = CertificateRow(
        id=1, serial=new_serial(), subject=UUID(int=7), campaign=series.campaign, person_id=1,
        kind=kind, unlocked_at=datetime(2023, 9, 25, 13, tzinfo=UTC), revoked_at=None,
        revoked_for="",
    )  # fmt: skip
    return Owner(certificate=row, name=name, kin=kin)


def sheet(series: Series, *owners: Owner) -> Sheet:
    return sheet_of(owners, campaign=series.campaign, evenings=4)


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(int(float(wide)), int(float(high))) for wide, high in boxes]


@pytest.mark.parametrize("name", ["林小满", RARE, LONG, "王" * 50, "O'Neil *[#]* $x$", "欧阳"])
def test_every_name_makes_one_landscape_page(series: Series, name: str) -> None:
    made = sheet_pdf(sheet(series, owner(series, name)))

    assert pages_of(made) == [A4_LANDSCAPE]
    assert b"pdfaid" in made or b"pdfaid:part" in made.replace(b" ", b"")


def test_a_name_that_no_font_draws_is_refused_with_its_characters(series: Series) -> None:
    with pytest.raises(RuleBroken, match=Refusal.NOT_PRINTABLE) as refused:
        sheet_pdf(sheet(series, owner(series, "林\U0003134f")))
    assert refused.value.facts == {"characters": "\U0003134f"}
    with pytest.raises(RuleBroken, match=Refusal.NOT_PRINTABLE):
        card_png(sheet(series, owner(series, "林\U0003134f")))


def test_pdf_a_itself_refuses_a_missing_glyph(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if the look beforehand missed one, no empty box reaches the paper."""
    monkeypatch.setattr("mingtian.certificates.drawing.paper.undrawable", lambda _text: "")

    with pytest.raises(RuleBroken, match=Refusal.NOT_PRINTABLE):
        sheet_pdf(sheet(series, owner(series, "林\U0003134f")))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_picture_has_its_size_and_a_code_that_leads_to_the_check(
    series: Series, language: str
) -> None:
    with translation.override(language):
        one = owner(series, "")
        picture = Image.open(io.BytesIO(card_png(sheet(series, one))))

    [read] = zxingcpp.read_barcodes(picture)
    assert picture.size == (1080, 1440)
    assert read.text == certificate_id(one.certificate.serial)
    assert len(read.text) <= len(settings.PUBLIC_ORIGIN) + 3 + 16


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_longest_title_stays_off_the_heading(series: Series, language: str) -> None:
    """Between the title and the name the picture is the same, however long the title."""
    heading = (0, 205, 1080, 425)
    longest = replace(series.campaign, name="家" * 120, name_en=("word " * 32).strip())

    with translation.override(language):
        one = owner(series)
        pictures = [
            Image.open(io.BytesIO(card_png(sheet_of([one], campaign=campaign, evenings=4))))
            for campaign in (series.campaign, longest)
        ]

    assert pictures[0].crop(heading).tobytes() == pictures[1].crop(heading).tobytes()


def test_who_types_no_name_is_called_by_the_kin(series: Series) -> None:
    mother = owner(series, "", PersonKind.PARENT, Kin.MATERNAL_GRANDMOTHER)

    assert sheet(series, mother).certificates[0].name == "外婆"
    with translation.override("en"):
        [face] = sheet(series, mother).certificates
    assert (face.name, face.kind) == ("Maternal grandmother", "")


def test_quotation_marks_in_a_title_become_the_inner_ones(series: Series) -> None:
    campaign = replace(series.campaign, name="“守护青春”大讲堂")

    words = sheet_of([owner(series)], campaign=campaign, evenings=4).words

    assert words["card"].startswith("参加“‘守护青春’大讲堂”")


def test_a_booklet_has_a_page_for_each(series: Series) -> None:
    made = sheet_pdf(sheet(series, *[owner(series, name) for name in ("林小满", RARE, LONG)]))

    assert pages_of(made) == [A4_LANDSCAPE] * 3
