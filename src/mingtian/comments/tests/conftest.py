"""An evening with comments: the whole hot path, its clock, and a seat of a pupil and its mother."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Self

import pytest

from mingtian.asgi_ingest import HotPath as BothParts
from mingtian.comments.intake.service import Talk
from mingtian.people.rules import CONSENT_VERSION
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import Answer, HotPath

_keys = count(1)


def new_key() -> str:
    return f"{next(_keys):016x}"


class TalkPath(HotPath):
    """Both parts of the hot path; what is said goes in by ``say`` and ``like``."""

    def __init__(self, pages: Path, *, now: int) -> None:
        super().__init__(pages, now=now)
        self.both = BothParts(self.service)
        self.app = self.both  # type: ignore[assignment]

    @property
    def talk(self) -> Talk:
        return self.both.intake.talk

    def __enter__(self) -> Self:
        super().__enter__()
        self.run(self.talk.start())
        return self

    def __exit__(self, *error: Any) -> None:
        self.run(self.talk.stop())
        super().__exit__(*error)

    def say(self, seat: str, lecture: int, person: int = 0, **body: Any) -> Answer:
        sent = {"seat": seat, "lecture": lecture, "person": person, "key": new_key()} | body
        return self.post("/say", sent)

    def like(self, seat: str, lecture: int, person: int = 0, like: bool | None = None) -> Answer:
        return self.post(
            "/like", {"seat": seat, "lecture": lecture, "person": person, "like": like}
        )


@pytest.fixture
def evening(transactional_db: None) -> Evening:
    return make_evening()


@pytest.fixture
def cast(evening: Evening) -> Cast:
    return make_cast(evening.tree)


@pytest.fixture
def hot(evening: Evening, tmp_path: Path) -> Iterator[TalkPath]:
    """The hot path ten minutes into the lecture."""
    with TalkPath(tmp_path / "pages", now=evening.at(10)) as hot:
        yield hot


@pytest.fixture
def home(hot: TalkPath, evening: Evening) -> str:
    """The seat of the first pupil of Class 1 (person 0) and its mother (person 1)."""
    return enter(hot, evening, 0, kin=["mother"])


def enter(hot: HotPath, evening: Evening, *children: int, **changes: Any) -> str:
    """Seat a home and return its token; consent is given where the entry asks for it."""
    consent = {"version": CONSENT_VERSION, "by": "guardian"}
    answer = hot.post("/enter", evening.entry(*children, **({"consent": consent} | changes)))
    token: str = answer.json["seat"]
    return token
