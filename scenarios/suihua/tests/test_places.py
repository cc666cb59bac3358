"""The places are facts: counts and codes of domain.md 10.4 and 11.2."""

from collections import Counter

import pytest
from scenarios.suihua.places import all_places, communities, place, townships_of

from mingtian.org.rules import division_kind, statistical_kind, township_type


@pytest.mark.parametrize(
    ("county", "rows"),
    [
        ("231202", 33), ("231221", 23), ("231222", 21), ("231223", 25), ("231224", 20),
        ("231225", 23), ("231226", 24), ("231281", 22), ("231282", 27), ("231283", 29),
    ],
)  # fmt: skip
def test_a_county_has_the_township_rows_of_the_list(county: str, rows: int) -> None:
    assert len(townships_of(county)) == rows


def test_the_list_is_whole_and_every_code_is_possible() -> None:
    lengths = Counter(len(each.code) for each in all_places())

    assert lengths == {6: 12, 9: 247, 12: 10}
    checks = {6: division_kind, 9: township_type, 12: statistical_kind}
    assert all(checks[len(each.code)](each.code) for each in all_places())


def test_superiors_stand_in_the_list_too() -> None:
    assert all(place(each.superior) for each in all_places() if each.code != "230000")


def test_the_ten_pilot_communities_lie_in_the_four_streets_of_anda() -> None:
    """F5, F6."""
    assert len(communities()) == 10
    assert {each.superior for each in communities()} == {
        "231281001", "231281002", "231281003", "231281004",
    }  # fmt: skip


def test_farms_and_reservoirs_are_no_governments() -> None:
    assert not place("231281583").governs
    assert place("231282104").governs


@pytest.mark.parametrize(
    ("code", "name", "name_en"),
    [
        ("231282104", "尚家镇", "Shangjia Town"),
        ("231282215", "明久乡", "Mingjiu Township"),
        ("231223003", "靖城街道", "Jingcheng Subdistrict"),
        ("231223109", "迎春镇", "Yingchun Town"),
    ],
)
def test_places_of_the_reports_have_their_codes(code: str, name: str, name_en: str) -> None:
    assert (place(code).name, place(code).name_en) == (name, name_en)
