"""An evening and the hot path on it, for the tests of this module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import HotPath


@pytest.fixture
def evening(transactional_db: None) -> Evening:
    return make_evening()


@pytest.fixture
def hot(evening: Evening, tmp_path: Path) -> Iterator[HotPath]:
    """The hot path at the instant when the doors have just opened."""
    with HotPath(tmp_path / "pages", now=evening.at(-10)) as hot:
        yield hot


@pytest.fixture
def seat(hot: HotPath, evening: Evening) -> str:
    """The seat of the first pupil of Class 1."""
    token: str = hot.post("/enter", evening.entry(0)).json["seat"]
    return token
