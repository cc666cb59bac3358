"""Units come to be with name, places on both lines and codes, all or none."""

from datetime import timedelta

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org import queries
from mingtian.org.actions import UnitSpec, create_tree, create_unit, place_unit
from mingtian.org.models import Placement, Unit
from mingtian.org.rules import Line, Scheme, UnitKind
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON, make_tree

pytestmark = pytest.mark.django_db

K = UnitKind


def create(spec: UnitSpec) -> Unit:
    return create_unit(spec=spec, opened_on=DAY, actor=ACTOR, now=NOW)


def test_a_class_stands_on_both_lines_of_its_school() -> None:
    tree = make_tree()

    leads = [row.name for row in queries.list_ancestors(tree.class_one.pk, DAY)]
    guides = [row.name for row in queries.list_ancestors(tree.class_one.pk, DAY, Line.GUIDES)]

    assert leads == ["岚山市", "安平县", "第一小学", "三年级", "一班"]
    assert guides == ["岚山市教育关工委", "安平县教育关工委", "第一小学", "三年级", "一班"]


def test_order_of_specs_does_not_matter() -> None:
    specs = [
        UnitSpec(key="class", kind=K.CLASS, name="一班", leads="grade"),
        UnitSpec(key="grade", kind=K.GRADE, name="一年级", leads="school"),
        UnitSpec(key="school", kind=K.SCHOOL, name="小学", root_of=(Line.LEADS,)),
    ]

    keys = create_tree(specs=specs, opened_on=DAY, actor=ACTOR, now=NOW)

    assert queries.path_on(keys["class"], DAY) == [keys["school"], keys["grade"], keys["class"]]


def test_founding_a_tree_leaves_one_audit_entry() -> None:
    tree = make_tree()

    entry = AuditEntry.objects.get()

    assert (entry.action, entry.actor) == ("org.tree_created", ACTOR)
    assert entry.detail["units"] == Unit.objects.count()
    assert tree.city.closed_on is None


def test_a_unit_founded_before_its_schools_guidance_begins_follows_from_then() -> None:
    tree = make_tree()
    school = create(UnitSpec(key="s", kind=K.SCHOOL, name="第三小学", leads=tree.county.pk))
    later = DAY + timedelta(days=5)
    place_unit(
        unit=school, line=Line.GUIDES, superior=tree.county_education, on=later, actor=ACTOR, now=NOW
    )  # fmt: skip

    grade = create(UnitSpec(key="g", kind=K.GRADE, name="一年级", leads=school.pk))

    assert queries.lines_of(grade.pk, DAY) == [Line.LEADS]
    assert queries.lines_of(grade.pk, later) == [Line.LEADS, Line.GUIDES]


REFUSED = [
    (UnitSpec(key="u", kind=K.CLASS, name="一班", leads="city"), "wrong_superior"),
    (UnitSpec(key="u", kind=K.SECTOR, name="教育", guides="city", leads="city"), "wrong_superior"),
    (UnitSpec(key="u", kind=K.VILLAGE, name="柳河村", root_of=(Line.LEADS,)), "needs_superior"),
    (UnitSpec(key="u", kind=K.CITY, name="岚山市"), "stands_nowhere"),
    (UnitSpec(key="u", kind=K.COUNTY, name="安平县", leads="nowhere"), "superior_unknown"),
    (UnitSpec(key="u", kind=K.COUNTY, name="安平县", leads=2**30), "superior_unknown"),
    (UnitSpec(key="u", kind=K.COUNTY, name="西山县", leads="u"), "cycle"),
    (UnitSpec(key="u", kind=K.COUNTY, name=" ", leads="city"), "name_missing"),
    (UnitSpec(key="u", kind=K.COUNTY, name="县" * 121, leads="city"), "name_too_long"),
    (UnitSpec(key="u", kind=K.COUNTY, name="安\x00平县", leads="city"), "name_unprintable"),
    (UnitSpec(key="u", kind=K.COUNTY, name="中 县", leads="city"), "name_taken"),
    (UnitSpec(key="city", kind=K.COUNTY, name="西山县", leads="county"), "key_twice"),
    (UnitSpec(key="u", kind=K.SCHOOL, name="小学", leads="county", guides="class"), "wrong_superior"),
    (UnitSpec(key="u", kind=K.SCHOOL, name="小学", leads="county", guides="county"), "wrong_superior"),
    (UnitSpec(key="u", kind=K.GRADE, name="一年级", leads="school", guides="school"), "inner_unit_follows"),
    (UnitSpec(key="u", kind=K.SECTOR, name="司法", leads="county", guides="unguided"), "superior_not_standing"),
    (UnitSpec(key="u", kind=K.COUNTY, name="西山县", leads="city", codes=((Scheme.DIVISION, "991"),)), "code_impossible"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "code"), REFUSED)
def test_a_tree_with_one_wrong_unit_is_refused_whole(spec: UnitSpec, code: str) -> None:
    ground = [
        UnitSpec(key="city", kind=K.CITY, name="岚山市", root_of=(Line.LEADS,)),
        UnitSpec(key="county", kind=K.COUNTY, name="中县", leads="city"),
        UnitSpec(key="unguided", kind=K.SECTOR, name="文化", leads="county"),
        UnitSpec(key="school", kind=K.SCHOOL, name="一小", leads="county"),
        UnitSpec(key="class", kind=K.CLASS, name="一班", leads="school"),
    ]

    with pytest.raises(RuleBroken) as refused:
        create_tree(specs=[*ground, spec], opened_on=DAY, actor=ACTOR, now=NOW)

    assert refused.value.code == code
    assert not Unit.objects.exists()
    assert not Placement.objects.exists()


def test_a_unit_before_its_superior_is_refused() -> None:
    tree = make_tree()
    spec = UnitSpec(key="g", kind=K.GRADE, name="一年级", leads=tree.school.pk)

    with pytest.raises(RuleBroken, match="superior_not_standing"):
        create_unit(spec=spec, opened_on=OPENED_ON - timedelta(days=1), actor=ACTOR, now=NOW)


def test_a_second_class_of_the_same_name_in_a_grade_is_refused() -> None:
    tree = make_tree()

    with pytest.raises(RuleBroken, match="name_taken"):
        create(UnitSpec(key="c", kind=K.CLASS, name="（1）班", leads=tree.grade.pk))


def test_founding_a_large_tree_reports_its_progress() -> None:
    heard: list[int] = []
    specs = [UnitSpec(key="s", kind=K.SCHOOL, name="大小学", root_of=(Line.LEADS,))]
    specs += [
        UnitSpec(key=f"c{number}", kind=K.CLASS, name=f"{number}班", leads="s")
        for number in range(1, 2000)
    ]

    create_tree(specs=specs, opened_on=DAY, actor=ACTOR, now=NOW, progress=heard.append)

    assert sum(heard) == 6000
    assert queries.count_below(Unit.objects.get(kind=K.SCHOOL).pk, DAY) == {K.CLASS: 1999}
