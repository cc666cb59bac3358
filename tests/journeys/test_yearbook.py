"""A county reads its year, holds a printed figure against it and closes it; the city reads what was given out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, ViewportSize, expect

from mingtian.yearbook.tests.conftest import LEFT_BEHIND, ORPHAN, County, make_county
from tests.journeys.conftest import WAYS, serving, signed_in
from tests.journeys.looking import hold

pytestmark = pytest.mark.journey


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A county with orphans, left-behind children and grants."""

    origin: str
    county: County


@pytest.fixture
def scene(transactional_db: None, var: Path, tmp_path: Path) -> Iterator[Scene]:
    county = make_county()
    county.register(3, ORPHAN, born=2013)
    county.register(2, ORPHAN, LEFT_BEHIND, born=2012)
    county.pay(county.register(23, LEFT_BEHIND))
    with serving(var, tmp_path) as origin:
        yield Scene(origin=origin, county=county)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody's browser in one language and size."""

    browser: Browser
    scene: Scene
    locale: str
    size: ViewportSize

    def enter(self, user: User) -> Page:
        page = signed_in(self.browser, self.scene, user, size=self.size, locale=self.locale)
        return page.new_page()

    def look(self, page: Page, name: str, unit: str = "county", part: str = "") -> None:
        """Go to a page of the year and hold it against axe and the width, also with doubled text."""
        place = getattr(self.scene.county.tree, unit).public_id
        page.goto(f"/desk/yearbook/{place}/2023{part}")
        hold(page, f"yearbook-{name}-{self.locale[:2]}-{self.size['width']}", doubled=True)


@pytest.mark.parametrize(("locale", "size"), WAYS[:2])
def test_a_county_reads_and_closes_its_year_and_the_city_sees_it_masked(
    browser: Browser, scene: Scene, locale: str, size: ViewportSize
) -> None:
    visitor = Visitor(browser=browser, scene=scene, locale=locale, size=size)
    office, city = (visitor.enter(user) for user in (scene.county.office, scene.county.city))
    visitor.look(city, "nothing")

    visitor.look(office, "county")
    expect(office.get_by_text("28", exact=True).first).to_be_visible()
    visitor.look(office, "checks", part="/checks")
    visitor.look(office, "printed-nothing", part="/printed")
    office.locator("[name=number]").select_option("children:orphan")
    office.locator("[name=value]").fill("5")
    office.locator("[name=source]").fill("县关工委年度总结 第三部分")
    office.locator("main form button").click()
    expect(office.locator("main .chip--good")).to_be_visible()
    visitor.look(office, "printed", part="/printed")

    visitor.look(office, "town", unit="town")
    visitor.look(office, "county")
    office.locator("form:has([name=closing]) button").click()
    expect(office.locator("a[href$='paper.pdf']")).to_be_visible()
    visitor.look(office, "closed")

    visitor.look(city, "given")
    expect(city.get_by_text("*", exact=True).first).to_be_visible()
    expect(city.get_by_text("5", exact=True)).to_have_count(0)
    visitor.look(city, "given-town", unit="town")
    visitor.look(city, "city", unit="city")
