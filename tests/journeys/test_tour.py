"""The tour of docs/tour.md: every main page, as its reader sees it, in both languages and widths.

Each run looks at every page; ``MINGTIAN_TOUR=docs`` also takes the pictures and writes the document.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser
from scenarios.suihua.city import Options, Sitting
from scenarios.suihua.play import play

from mingtian.campaigns.models import Broadcast
from mingtian.core.clock import day_of, now
from mingtian.core.ladder import Ladder
from mingtian.run.demo import end, send_crowd, show_broadcast
from tests.journeys.conftest import BROADCAST, serving
from tests.journeys.tour import ways
from tests.journeys.tour.camera import LOCALES, MOST_BYTES, Camera
from tests.journeys.tour.children import CHILDREN
from tests.journeys.tour.document import OF_ANY_HOUR, OF_THE_EVENING, PARTS, written
from tests.journeys.tour.evening import MADE_ON_THE_WAY
from tests.journeys.tour.stop import Part
from tests.journeys.tour.town import Town
from tests.journeys.tour.yard import Yard, make_yard

SCALE = Fraction(1, 20)
UNTIL_THE_START = timedelta(seconds=40)
LENGTH = timedelta(minutes=10)
ACTOR = "system:tour"
TOUR = os.environ.get("MINGTIAN_TOUR")
DOCUMENT = settings.BASE_DIR / "docs" / "tour.md"


@pytest.fixture
def town(transactional_db: None, var: Path, ladder: Ladder, tmp_path: Path) -> Iterator[Town]:
    """A city whose eighth evening is about to begin, with its families on their way."""
    starts_at = (now() + UNTIL_THE_START).replace(microsecond=0)
    today = day_of(starts_at)
    options = Options(
        password="dawn", scale=SCALE, tonight=Sitting(starts_at=starts_at, length=LENGTH)
    )
    city = play(options=options, today=today, actor=ACTOR, now=now())
    Broadcast.objects.create(
        public_id=BROADCAST, title="法律陪我长大", title_en="The law grows with me",
        state="ready", ladder=msgspec.to_builtins(ladder),
    )  # fmt: skip
    evening = city.evenings[-1]
    show_broadcast(city, evening, BROADCAST)
    call_command("unlock_certificates", verbosity=0)
    with serving(var, tmp_path) as origin:
        crowd, _phones = send_crowd(tmp_path / "crowd.json", city, evening, origin, seed=1)
        try:
            yield Town(city, today, origin)
        finally:
            end(crowd)


@pytest.fixture
def yard(transactional_db: None, var: Path, tmp_path: Path) -> Iterator[Yard]:
    """A small county with children in difficulty, whom people have worked for some weeks."""
    yard = make_yard(now())
    with serving(var, tmp_path) as origin:
        yield replace(yard, origin=origin)


@pytest.mark.journey
def test_every_page_of_the_tour_is_there_fits_and_speaks_its_language(
    town: Town, browser: Browser, tmp_path: Path
) -> None:
    cameras = [Camera(browser, town, language, pictures()) for language in LOCALES]
    halls = [ways.enter(camera) for camera in cameras]
    for camera in cameras:
        # Meanwhile the hall records something, and boards and desks have something to show.
        walk(camera, OF_ANY_HOUR)
        ways.roster(camera)
        ways.sheet(camera, tmp_path)
    for camera, hall in zip(cameras, halls, strict=True):
        ways.hall(camera, hall)
        walk(camera, OF_THE_EVENING)
        camera.close()
    if TOUR:
        (Path(TOUR) / "tour.md").write_text(written(), encoding="utf-8")
    assert {name: what for camera in cameras for name, what in camera.faults.items()} == {}


def pictures() -> Path | None:
    """Return the folder of the pictures where they are asked for."""
    return Path(TOUR) / "pictures" / "tour" if TOUR else None


def walk(camera: Camera[Town], parts: Sequence[Part]) -> None:
    for stop in (stop for part in parts for stop in part.stops):
        if stop.address != MADE_ON_THE_WAY:
            camera.visit(stop)


@pytest.mark.journey
def test_every_page_about_children_is_there_fits_and_speaks_its_language(
    yard: Yard, browser: Browser
) -> None:
    faults = {}
    for language in LOCALES:
        camera = Camera(browser, yard, language, pictures())
        for stop in CHILDREN.stops:
            camera.visit(stop)
        camera.close()
        faults.update(camera.faults)
    assert faults == {}


def test_the_document_is_the_tour() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == written(), "run what its last section says"
    weights = {
        path.name: path.stat().st_size for path in (DOCUMENT.parent / "pictures" / "tour").iterdir()
    }
    names = {stop.name for part in PARTS for stop in part.stops}
    assert set(weights) == {f"{name}-{language}.webp" for name in names for language in LOCALES}
    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}
