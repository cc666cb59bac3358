"""Every page of these modules, in both languages and at both widths.

The pages are those of the authorisation matrix, with what its rows make: a new address is looked
at without a new test.
"""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from playwright.sync_api import Browser, Page

from mingtian.testing.cast import make_staff
from mingtian.testing.matrix import POSTS, Row, Who, World
from tests.journeys.conftest import DESK, PHONE, Stage, sign_in, visit
from tests.journeys.looking import faults, fits, picture
from tests.matrices import address_of, rows_of

pytestmark = [pytest.mark.journey, pytest.mark.slow]

MODULES = (
    "aid", "boards", "campaigns", "care", "children", "closings", "desk", "documents", "gifts",
    "groups", "meetings", "org", "pairs", "readiness", "vault", "yearbook",
)  # fmt: skip
NO_PAGES = frozenset({"boards:stream", "closings:file"})
"""An answer that does not end, and a file of a day that is over."""
SIZES = {"360": PHONE, "1280": DESK}
HTML = "text/html"


@pytest.fixture
def world(stage: Stage) -> World:
    """The people of the matrix on the evening that is on the air."""
    tree = stage.evening.tree
    people = {
        who: make_staff(f"looks_{who}", getattr(tree, unit), role, line=line)
        for who, (unit, role, line) in POSTS.items()
    }
    return World(evening=stage.evening, people=people)


@pytest.fixture(params=["zh-CN", "en-GB"])
def page(request: pytest.FixtureRequest, browser: Browser, stage: Stage) -> Iterator[Page]:
    context = visit(browser, stage, locale=request.param)
    yield context.new_page()
    context.close()


def looked_at(rows: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Row, Who]]:
    """Yield each address for every row with two who may open it: far from the thing, and near."""
    for name, each in rows.items():
        for row in each if name not in NO_PAGES else ():
            readers = [who for who in POSTS if who in set(row.get or ())]
            for who in dict.fromkeys([*readers[:1], *readers[-1:]]):
                yield name, row, who


@pytest.mark.parametrize("module", MODULES)
def test_every_page_breaks_no_rule_and_fits(
    page: Page, stage: Stage, world: World, module: str
) -> None:
    wrong: dict[str, list[str]] = {}
    locale = page.evaluate("navigator.language")
    for name, row, who in looked_at(rows_of(module)):
        address = address_of(name, row, world)
        sign_in(page.context, world.people[who], stage.origin)
        reply = page.request.get(address, max_redirects=0)
        if not reply.headers["content-type"].startswith(HTML) or reply.status != 200:
            continue
        page.goto(address)
        for width, size in SIZES.items():
            page.set_viewport_size(size)
            picture(page, f"{name.replace(':', '-')}-{who}-{locale}-{width}")
            found = [*faults(page), *([] if fits(page) else ["too wide"])]
            if found:
                wrong[f"{name} {who} {width}"] = found
    assert wrong == {}, wrong
