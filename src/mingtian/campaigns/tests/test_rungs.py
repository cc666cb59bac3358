"""Which qualities a source of some size gets."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mingtian.campaigns.broadcasts.rungs import bytes_needed, shapes_for

sides = st.integers(2, 8000)


@pytest.mark.parametrize(
    ("source", "sizes"),
    [
        ((1920, 1080), [(426, 240), (640, 360), (854, 480)]),
        ((1080, 1920), [(240, 426), (360, 640), (480, 854)]),
        ((1024, 768), [(320, 240), (480, 360), (640, 480)]),
        ((640, 360), [(426, 240), (640, 360)]),
        ((600, 338), [(426, 240), (600, 338)]),
        ((320, 180), [(320, 180)]),
        ((4000, 200), [(426, 240), (640, 360), (854, 480)]),
    ],
)
def test_a_source_gets_the_rungs_it_can_fill(
    source: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    assert [(shape.width, shape.height) for shape in shapes_for(*source)] == sizes


def test_a_strip_gets_bars_instead_of_being_stretched() -> None:
    lowest = shapes_for(4000, 200)[0]

    assert (lowest.picture_width, lowest.picture_height) == (426, 22)
    assert (lowest.width, lowest.height) == (426, 240)


@given(sides, sides)
def test_every_source_gets_even_rungs_that_rise(width: int, height: int) -> None:
    shapes = shapes_for(width, height)

    assert [shape.name for shape in shapes] == ["240p", "360p", "480p"][: len(shapes)]
    for shape in shapes:
        sizes = (shape.width, shape.height, shape.picture_width, shape.picture_height)
        assert all(side % 2 == 0 and 16 <= side <= 854 for side in sizes)
        assert shape.picture_width <= shape.width
        assert shape.picture_height <= shape.height
    areas = [shape.width * shape.height for shape in shapes]
    assert areas == sorted(areas)


@given(sides, sides)
def test_nothing_is_enlarged(width: int, height: int) -> None:
    for shape in shapes_for(width, height):
        assert shape.picture_width <= max(16, width + 1)
        assert shape.picture_height <= max(16, height + 1)


@given(st.integers(200, 2000), st.integers(200, 2000))
@example(479, 709)
def test_the_picture_keeps_its_proportions(width: int, height: int) -> None:
    for shape in shapes_for(width, height):
        # Each side is rounded to an even number, so each may be off by one.
        off = abs(shape.picture_height * width - shape.picture_width * height)
        assert off <= width + height


def test_an_hour_needs_less_than_a_gigabyte() -> None:
    assert 600_000_000 < bytes_needed(shapes_for(1920, 1080), 3_600_000) < 1_000_000_000
