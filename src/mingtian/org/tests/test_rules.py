"""Codes of places and spellings of names, as tables of cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import (
    ROOTS,
    SUPERIORS,
    Line,
    Role,
    Scheme,
    TownshipType,
    UnitKind,
    check_code,
    check_post,
    check_standing,
    codes_agree,
    division_kind,
    fold_name,
    statistical_kind,
    township_type,
)

K = UnitKind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("230000", K.PROVINCE),
        ("231200", K.CITY),
        ("231202", K.COUNTY),
        ("231223", K.COUNTY),
        ("231281", K.COUNTY),
        ("232700", K.CITY),
        ("429004", K.COUNTY),
        ("990000", None),
        ("231219", None),
        ("231220", None),
        ("237100", None),
        ("230001", None),
        ("429000", None),
        ("23128", None),
        ("2312811", None),
        ("23128a", None),
        ("２３１２８１", None),
    ],
)
def test_division_codes(code: str, kind: UnitKind | None) -> None:
    assert division_kind(code) is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("231223003", TownshipType.STREET),
        ("231223101", TownshipType.TOWN),
        ("231282215", TownshipType.TOWNSHIP),
        ("231282599", TownshipType.QUASI_UNIT),
        ("231282000", None),
        ("231282600", None),
        ("230000101", None),
        ("441900101", TownshipType.TOWN),
        ("23128210", None),
    ],
)
def test_township_codes(code: str, kind: TownshipType | None) -> None:
    assert township_type(code) is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("231282104000", K.TOWNSHIP),
        ("231282104201", K.VILLAGE),
        ("231282000000", K.COUNTY),
        ("231200000000", K.CITY),
        ("231282600201", None),
        ("2312821042010", None),
    ],
)
def test_statistical_codes(code: str, kind: UnitKind | None) -> None:
    assert statistical_kind(code) is kind


@given(st.text(alphabet="0123456789", max_size=12))
def test_a_statistical_code_of_a_village_begins_with_that_of_its_township(code: str) -> None:
    if statistical_kind(code) is K.VILLAGE:
        assert statistical_kind(code[:9] + "000") is K.TOWNSHIP
        assert township_type(code[:9]) is not None


@pytest.mark.parametrize(
    ("code", "superior", "agree"),
    [
        ("231281", "231200", True),
        ("231281", "230000", True),
        ("231181", "231200", False),
        ("231282104", "231282", True),
        ("231281104", "231282", False),
        ("231282104201", "231282104000", True),
        ("231282105201", "231282104", False),
        ("431000", "430000", True),
    ],
)
def test_codes_lie_within_their_superiors(code: str, superior: str, agree: bool) -> None:
    assert codes_agree(code, superior) is agree


@pytest.mark.parametrize(
    ("scheme", "code", "kind", "urban_rural", "refusal"),
    [
        (Scheme.DIVISION, "231219", K.COUNTY, "", "code_impossible"),
        (Scheme.DIVISION, "231200", K.COUNTY, "", "code_of_other_level"),
        (Scheme.TOWNSHIP, "231282101", K.COUNTY, "", "code_of_other_level"),
        (Scheme.DIVISION, "231281", K.SCHOOL, "", "code_without_place"),
        (Scheme.STATISTICAL, "231282104201", K.VILLAGE, "999", "urban_rural_unknown"),
        (Scheme.DIVISION, "231281", K.COUNTY, "111", "urban_rural_unknown"),
    ],
)
def test_a_wrong_code_is_refused(
    scheme: Scheme, code: str, kind: UnitKind, urban_rural: str, refusal: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_code(scheme=scheme, code=code, kind=kind, urban_rural=urban_rural)

    assert refused.value.code == refusal


def test_a_village_code_with_its_urban_rural_class_is_accepted() -> None:
    check_code(scheme=Scheme.STATISTICAL, code="231282104201", kind=K.VILLAGE, urban_rural="220")


def test_every_kind_can_stand_somewhere() -> None:
    for kind in UnitKind:
        assert kind in ROOTS[Line.LEADS] or SUPERIORS[Line.LEADS].get(kind)


def test_only_sectors_may_stand_under_their_own_kind() -> None:
    own = {kind for line in Line for kind, above in SUPERIORS[line].items() if kind in above}

    assert own == {K.SECTOR}


@pytest.mark.parametrize("line", list(Line))
def test_a_class_at_the_top_is_refused(line: Line) -> None:
    with pytest.raises(RuleBroken, match="needs_superior"):
        check_standing(K.CLASS, None, line)


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.CLASS_TEACHER, K.GRADE), (Role.PRINCIPAL, K.COUNTY)]
)
def test_a_post_where_there_is_none_is_refused(role: Role, kind: UnitKind) -> None:
    with pytest.raises(RuleBroken, match="wrong_post"):
        check_post(role, kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三年级（二）班", "3年级2班"),
        ("三年级二班", "Grade 3 Class 2"),
        ("（2）班", "第2班"),
        ("初二3班", "八年级三班"),
        ("高三", "12年级"),
        ("七（3）班", "七年级3班"),
        ("第 一 小学", "第一小学"),
        ("十二班", "12班"),
        ("二十一班", "21班"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("十一班", "一班"), ("初一", "初二"), ("一小", "二小")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)
