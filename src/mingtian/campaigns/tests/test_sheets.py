"""QR pictures read back by a scanner, and sheets that print on one A4 page each (COD-1)."""

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
import zxingcpp
from django.conf import settings
from django.utils import translation
from PIL import Image

from mingtian.campaigns import queries
from mingtian.campaigns.models import LearningCode
from mingtian.campaigns.rules import Refusal
from mingtian.campaigns.sheets.booklet import booklet_of, shortened
from mingtian.campaigns.sheets.draw import Booklet, booklet_pdf, sheet_png
from mingtian.campaigns.sheets.qr import qr_png, qr_svg
from mingtian.campaigns.tests.conftest import Ground
from mingtian.core import fonts
from mingtian.core.errors import RuleBroken
from mingtian.core.glyphs import UnreadableFont, coverage_of
from mingtian.testing.make import DAY

URL = "https://mingtian.example/e/k7m2q9xd"
A4_POINTS = (595, 841)
A4_DOTS_AT_150 = (1240, 1754)
FONTS = sorted(Path(settings.NODE_MODULES).glob("@expo-google-fonts/noto-sans-sc/*/*.ttf"))


def scanned(picture: Image.Image) -> str:
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1, "one code, and only one, must be readable"
    return str(found[0].text)


def read(png: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(png))
    picture.load()
    return picture.convert("L")


def booklet(ground: Ground, *, lang: str = "zh-hans", below: object = None) -> Booklet:
    """Return the sheets of one class, or of everything below a unit."""
    unit = below or ground.tree.class_one
    codes = queries.codes_below(LearningCode.objects.select_related("campaign"), unit.pk, DAY)  # type: ignore[attr-defined]
    campaign = queries.find_campaign(ground.campaign.public_id)
    assert campaign is not None
    with translation.override(lang):
        rows = queries.code_rows(list(queries.in_tree_order(codes, DAY)), DAY)
        return booklet_of(rows, campaign, queries.list_lectures(campaign.id))


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size of every page in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0(?:\.0)? 0(?:\.0)? ([\d.]+) ([\d.]+)", pdf)
    return [(int(float(wide)), int(float(tall))) for wide, tall in boxes]


def test_the_png_reads_back_as_the_address() -> None:
    assert scanned(read(qr_png(URL))) == URL


def test_the_png_keeps_a_quiet_zone_of_four_modules() -> None:
    picture = read(qr_png(URL))
    dark = picture.point(lambda dot: 255 - dot).getbbox()

    assert dark is not None
    assert dark[:2] == (4 * 16, 4 * 16)
    assert picture.width - dark[2] >= 4 * 16


def test_the_svg_is_one_that_browsers_draw() -> None:
    tree = ElementTree.fromstring(qr_svg(URL))

    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    assert tree.get("viewBox") == "0 0 41 41"


def test_a_sheet_is_one_page_of_a4_in_both_languages(running: Ground) -> None:
    for lang in ("zh-hans", "en"):
        assert pages_of(booklet_pdf(booklet(running, lang=lang))) == [A4_POINTS]


def test_the_code_on_the_sheet_reads_back_as_its_address(running: Ground) -> None:
    picture = read(sheet_png(booklet(running)))

    code = running.code_of(running.tree.class_one)
    assert picture.size == A4_DOTS_AT_150
    assert scanned(picture) == f"{settings.PUBLIC_ORIGIN}/e/{code}"


def test_the_code_survives_a_poor_copier(running: Ground) -> None:
    """Level Q: a quarter of the dots may be lost; here a coin lies on the paper."""
    picture = read(sheet_png(booklet(running))).point(lambda dot: 0 if dot < 128 else 200)
    coin = Image.new("L", (70, 70), 200)
    picture.paste(coin, (330, 740))

    code = running.code_of(running.tree.class_one)
    assert scanned(picture) == f"{settings.PUBLIC_ORIGIN}/e/{code}"


def test_a_school_gets_a_page_for_each_of_its_groups(running: Ground) -> None:
    made = booklet(running, below=running.tree.school)

    assert [(sheet.above, sheet.unit) for sheet in made.sheets] == [
        ("第一小学", "三年级一班"),
        ("第一小学", "三年级二班"),
        ("第一小学", "教师"),
    ]
    assert pages_of(booklet_pdf(made)) == [A4_POINTS] * 3


def test_the_sheet_says_who_issued_it_when_and_that_nothing_is_paid(running: Ground) -> None:
    made = booklet(running)

    assert made.issuer == "岚山市关工委"
    assert made.mandate == "岚关工委〔2023〕20号"
    assert made.hours == "20:00–21:00"
    assert [each.day for each in made.evenings][:2] == ["9月18日 周一", "9月19日 周二"]
    assert "不收一分钱" in made.words["never"]
    assert "/check" in made.sheets[0].check


def test_in_english_the_sheet_is_english(running: Ground) -> None:
    made = booklet(running, lang="en")

    assert (made.sheets[0].above, made.sheets[0].unit) == (
        "No. 1 Primary School",
        "Grade 3, Class 1",
    )
    assert made.campaign == "Care for tomorrow, law first"
    assert made.issuer == "Lanshan Care Committee"
    assert made.evenings[0].title == "The law that protects minors"
    assert made.words["never"].startswith("The lecture hall never asks for money")


def test_other_groups_are_told_what_they_enter(running: Ground) -> None:
    notes = {
        unit.name: booklet(running, below=unit, lang="en").sheets[0].choose_note
        for unit in (running.tree.class_one, running.tree.teachers, running.tree.village)
    }

    assert len(set(notes.values())) == 3


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        "*_`$\\ <script>",
        "很长" * 40,
        "𬭊鿕小学",
    ],
)
def test_a_strange_name_is_only_a_name(running: Ground, name: str) -> None:
    """Facts never become markup; a long name grows smaller instead of longer."""
    made = booklet(running)
    odd = msgspec.structs.replace(
        made, sheets=[msgspec.structs.replace(made.sheets[0], above=name, unit=name)]
    )

    assert pages_of(booklet_pdf(odd)) == [A4_POINTS]


def test_a_character_that_no_font_has_is_refused_by_name(running: Ground) -> None:
    made = booklet(running)
    rare = msgspec.structs.replace(
        made, sheets=[msgspec.structs.replace(made.sheets[0], above="𠮷野小学")]
    )

    with pytest.raises(RuleBroken) as refusal:
        booklet_pdf(rare)

    assert refusal.value.code == Refusal.NOT_PRINTABLE
    assert refusal.value.facts == {"characters": "𠮷"}


def test_hours_stand_at_each_evening_when_they_differ(running: Ground) -> None:
    rows = queries.list_lectures(running.campaign.pk)
    later = replace(rows[0], ends_at=rows[0].closes_at)
    campaign = queries.find_campaign(running.campaign.public_id)
    assert campaign is not None
    codes = queries.list_codes_of(running.tree.class_one.pk, DAY)

    made = booklet_of(codes, campaign, [later, *rows[1:]])

    assert made.hours == ""
    assert pages_of(booklet_pdf(made)) == [A4_POINTS]


@pytest.mark.parametrize(("number", "listed"), [(3, 3), (8, 8), (12, 12), (30, 30), (60, 2)])
def test_any_number_of_evenings_fits_one_page(running: Ground, number: int, listed: int) -> None:
    rows = queries.list_lectures(running.campaign.pk)
    many = [replace(rows[n % 8], number=n + 1, title_zh="很长的题目" * 30) for n in range(number)]
    uneven = [replace(many[0], ends_at=many[0].closes_at), *many[1:]]
    campaign = queries.find_campaign(running.campaign.public_id)
    assert campaign is not None
    codes = queries.list_codes_of(running.tree.class_one.pk, DAY)

    for lectures in (many, uneven):
        made = booklet_of(codes, campaign, lectures)
        assert len(made.evenings) == listed
        assert pages_of(booklet_pdf(made)) == [A4_POINTS]


def test_a_long_title_is_cut_where_it_would_not_fit() -> None:
    assert shortened("远离毒品", 8) == "远离毒品"
    assert shortened("远离毒品，从我做起", 10) == "远离毒品…"
    assert shortened("Away from drugs", 12) == "Away from…"


def test_every_weight_of_the_font_has_the_same_characters() -> None:
    """So that the characters of one weight speak for all of them."""
    kept = [coverage_of([font]).ranges for font in FONTS]

    assert len(kept) == 9
    assert all(ranges == kept[0] for ranges in kept)


def test_coverage_names_each_missing_character_once() -> None:
    assert coverage_of(FONTS[:1]).missing("三年\n𠮷級 𠮷") == "𠮷"


def test_a_file_that_is_no_font_is_told_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"nothing of the kind")

    with pytest.raises(UnreadableFont, match=r"broken\.ttf"):
        coverage_of([broken])


def test_a_font_of_the_operator_is_used_as_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, running: Ground
) -> None:
    """An operator may lay fonts into var/fonts; the same file under another roof stands for one."""
    monkeypatch.setattr(fonts, "_folders", lambda: (FONTS[0].parents[1], tmp_path, tmp_path))
    (tmp_path / "added.ttf").write_bytes(FONTS[0].read_bytes())
    fonts._coverage.cache_clear()
    fonts.fonts.cache_clear()
    try:
        assert pages_of(booklet_pdf(booklet(running))) == [A4_POINTS]
    finally:
        fonts._coverage.cache_clear()
        fonts.fonts.cache_clear()
