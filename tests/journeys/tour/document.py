"""The text of docs/tour.md: what the stops say, with their pictures."""

from collections.abc import Iterator

from tests.journeys.tour.children import CHILDREN
from tests.journeys.tour.committee import DESKS, HELP, PAPERS
from tests.journeys.tour.evening import CLASS, FAMILIES, OFFICES
from tests.journeys.tour.stop import Frame, Part, Stop

PARTS = (FAMILIES, CLASS, OFFICES, DESKS, PAPERS, HELP, CHILDREN)
OF_ANY_HOUR = (FAMILIES, PAPERS, HELP)
OF_THE_EVENING = (CLASS, OFFICES, DESKS)
"""They show figures of the lecture that is on the air."""
LANGUAGES = {"zh": "Chinese", "en": "English"}
COMMANDS = """bin/setup --bench    # the whole browser, whose fields for days speak both languages
MINGTIAN_TOUR=docs bin/test tests/journeys/test_tour.py"""

HEAD = """# A tour of the pages

Every main page, in Chinese and in English, as a browser saw it while a lecture was on the air. The
city's people are invented; its units are those of [the scenario](../scenarios/suihua/README.md).
Where a picture shows two pages side by side, it is one page 1280 and 360 pixels wide.
"""
FOOT = f"""## How the pictures are made

A browser journey walks the whole tour each time the checks run. It fails when a page cannot be
reached, scrolls sideways at either width, or shows what only the program should see, and it writes
this page and its pictures when told where to:

```
{COMMANDS}
```
"""


def written() -> str:
    """Return the document."""
    return "\n".join([HEAD, *(line for part in PARTS for line in _part(part)), FOOT])


def _part(part: Part) -> Iterator[str]:
    yield f"## {part.title}\n"
    for stop in part.stops:
        yield f"**{stop.title}.** {stop.says}\n"
        yield _pictures(stop)


def _pictures(stop: Stop) -> str:
    zh, en = (
        f"![{stop.title} in {called}](pictures/tour/{stop.name}-{language}.webp)"
        for language, called in LANGUAGES.items()
    )
    if stop.frame in {Frame.PHONE, Frame.LONG}:
        return f"| 中文 | English |\n|---|---|\n| {zh} | {en} |\n"
    return f"{zh}\n\n{en}\n"
