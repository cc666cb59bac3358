"""Golden arithmetic (domain.md parts 4 and 5): what holds at scale 1, and at every scale."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenarios.suihua.register import (
    ANDA,
    COUNTIES,
    EVENINGS,
    HAILUN,
    SMALLEST_SCALE,
    ZHAODONG,
    County,
    counties_at,
    key_families_at,
)

scales = st.fractions(SMALLEST_SCALE, 1, max_denominator=500)


def county(code: str, scale: Fraction = Fraction(1)) -> County:
    return next(each for each in counties_at(scale) if each.code == code)


def test_at_scale_one_nothing_is_changed() -> None:
    assert counties_at(Fraction(1)) == COUNTIES
    assert key_families_at(Fraction(1)) == 100


def test_the_city_has_the_person_times_of_f3() -> None:
    assert sum(each.person_times for each in COUNTIES) == 733_680


def test_zhaodong_has_its_total_and_comes_first_of_ten() -> None:
    """F16, F17: and the city's mean is 91,710 an evening, Zhaodong's 16,077.5."""
    ranked = sorted(COUNTIES, key=lambda each: -each.person_times)

    assert len(ranked) == 10
    assert (ranked[0].code, ranked[0].person_times) == (ZHAODONG, 128_620)
    assert ranked[1].person_times < 128_620
    assert (733_680 / EVENINGS, 128_620 / EVENINGS) == (91_710, 16_077.5)


def test_schools_of_zhaodong_and_anda_are_as_reported() -> None:
    """F13, F8."""
    assert (county(ZHAODONG).schools, county(ANDA).schools) == (66, 34)


def test_hailun_brings_about_ten_thousand_every_evening() -> None:
    """F19."""
    assert all(9_700 <= persons <= 10_300 for persons in county(HAILUN).evenings)


def test_the_reading_of_zhaodong_keeps_three_figures_of_four() -> None:
    """F14, F17 and F18 hold; F15 holds of all participants and not of pupils (5.2)."""
    zhaodong = county(ZHAODONG)
    five_old = sum(zhaodong.rota_evenings)
    pupils = zhaodong.person_times - five_old

    assert five_old > 4_500
    assert round(100 * pupils / zhaodong.person_times) == 97
    assert zhaodong.person_times / EVENINGS > 16_000 > pupils / EVENINGS


def test_the_other_eight_lie_where_the_remainder_test_puts_them() -> None:
    """domain.md 5.4: about 525,060 for eight units, all below Zhaodong."""
    others = [each.person_times for each in COUNTIES if each.code not in {ZHAODONG, HAILUN}]

    assert len(others) == 8
    assert abs(sum(others) - 525_060) < 1_000


@given(scales)
def test_at_every_scale_parts_sum_to_the_city_and_zhaodong_leads(scale: Fraction) -> None:
    counties = counties_at(scale)

    assert abs(sum(each.person_times for each in counties) - 733_680 * scale) <= Fraction(1, 2)
    assert all(sum(each.evenings) == each.person_times for each in counties)
    assert max(counties, key=lambda each: each.person_times).code == ZHAODONG
    assert all(2 <= each.schools <= each.classes <= each.pupils for each in counties)


@pytest.mark.parametrize("scale", [Fraction(0), Fraction(1, 501), Fraction(2)])
def test_a_scale_outside_the_limits_is_refused(scale: Fraction) -> None:
    with pytest.raises(ValueError, match="scale must lie between"):
        counties_at(scale)
