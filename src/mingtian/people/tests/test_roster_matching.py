"""Rows find their class by the names people write, and only below the importing unit."""

import pytest

from mingtian.org.actions import UnitSpec, create_tree
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.people.rosters.matching import Found, Missing, Named, UnitBook, Unknown
from mingtian.people.rules import PersonKind
from mingtian.testing.make import ACTOR, DAY, NOW, make_class, make_tree

pytestmark = pytest.mark.django_db

P, T, F = PersonKind.PUPIL, PersonKind.TEACHER, PersonKind.FIVE_OLD


def row_of(unit: Unit) -> UnitRow:
    return unit_rows([unit.pk], DAY)[unit.pk]


@pytest.mark.parametrize(
    "named",
    [
        Named("第一小学", "三年级", "二班", P),
        Named("第 1 小学", "3年级", "（2）班", None),
        Named("第一小学", "3", "2", P),
        Named("第一小学", "三", "2班", P),
        Named("第一小学", "", "三年级二班", P),
        Named("第一小学", "三年级", "三年级2班", P),
        Named("第一小学", "", "三（2）班", P),
        Named("第一小学", "", "二班", P),
        Named("No. 1 Primary School", "Grade 3", "Class 2", P),
        Named("no.1 primary school", "", "Grade 3 Class 2", P),
    ],
)
def test_spellings_of_one_class(named: Named) -> None:
    tree = make_tree()
    book = UnitBook(row_of(tree.county), DAY)

    assert book.find(named) == tree.class_two.pk


@pytest.mark.parametrize(
    ("under", "named", "unit"),
    [
        ("school", Named("", "三年级", "一班", P), "class_one"),
        ("grade", Named("", "", "一班", P), "class_one"),
        ("class_one", Named("", "", "", None), "class_one"),
        ("class_one", Named("第一小学", "三年级", "一班", P), "class_one"),
        ("county_education", Named("第二小学", "三年级", "一班", P), "other_class"),
        ("school", Named("", "", "", T), "teachers"),
        ("county", Named("第一小学", "", "", T), "teachers"),
        ("county", Named("第一小学", "", "教师", T), "teachers"),
        ("county", Named("河口镇", "", "", F), "five_old"),
        ("town", Named("河口镇", "", "五老", F), "five_old"),
        ("five_old", Named("", "", "", None), "five_old"),
        ("teachers", Named("", "", "", T), "teachers"),
    ],
)
def test_where_the_import_is_made_settles_what_need_not_be_written(
    under: str, named: Named, unit: str
) -> None:
    tree = make_tree()
    book = UnitBook(row_of(getattr(tree, under)), DAY)

    found = book.find(named)

    assert found == getattr(tree, unit).pk


@pytest.mark.parametrize(
    ("under", "named", "code"),
    [
        ("county", Named("", "三年级", "一班", P), "school_missing"),
        ("county", Named("第九小学", "三年级", "一班", P), "school_unknown"),
        ("county", Named("北河小学", "三年级", "一班", P), "school_unknown"),
        ("school", Named("第二小学", "三年级", "一班", P), "school_unknown"),
        ("county", Named("河口镇", "", "一班", P), "school_unknown"),
        ("school", Named("", "三年级", "", P), "class_missing"),
        ("class_one", Named("", "三年级", "二班", P), "class_unknown"),
        ("grade", Named("", "四年级", "二班", P), "class_unknown"),
        ("county", Named("第二小学", "", "", T), "group_unknown"),
    ],
)
def test_what_is_not_found_says_why(under: str, named: Named, code: str) -> None:
    tree = make_tree()
    book = UnitBook(row_of(getattr(tree, under)), DAY)

    found = book.find(named)

    assert isinstance(found, Unknown)
    assert found.code == code


def test_names_that_fit_several_units_are_not_guessed() -> None:
    tree = make_tree()
    specs = [
        UnitSpec(key="s", kind=UnitKind.SCHOOL, name="第一小学", leads=tree.far_county.pk),
        UnitSpec(key="g", kind=UnitKind.GRADE, name="四年级", leads=tree.school.pk),
        UnitSpec(key="t", kind=UnitKind.STAFF_GROUP, name="职员", leads=tree.school.pk),
        UnitSpec(key="c", kind=UnitKind.CLASS, name="一班", leads="g"),
    ]
    keys = create_tree(specs=specs, opened_on=DAY, actor=ACTOR, now=NOW)
    city = UnitBook(row_of(tree.city), DAY)
    school = UnitBook(row_of(tree.school), DAY)

    assert code_of(city.find(Named("第一小学", "三年级", "一班", P))) == "school_ambiguous"
    assert code_of(school.find(Named("", "", "一班", P))) == "class_ambiguous"
    assert code_of(school.find(Named("", "", "", T))) == "group_ambiguous"
    assert school.find(Named("", "", "职员", T)) == keys["t"]


def code_of(found: Found) -> str:
    return found.code if isinstance(found, Unknown) else "found"


def test_spellings_of_a_missing_class_are_one_class() -> None:
    tree = make_tree()
    book = UnitBook(row_of(tree.county), DAY)
    spellings = [("四年级", "1班"), ("4", "一班"), ("", "四（1）班"), ("Grade 4", "Class 1")]

    found = {book.find(Named("第一小学", grade, name, P)) for grade, name in spellings}

    assert found == {Missing(tree.school.pk, "4年级", "1班")}


def test_titles_name_school_grade_and_class() -> None:
    tree = make_tree()
    direct = make_class(tree.school, "实验班", name_en="Trial class")
    book = UnitBook(row_of(tree.county), DAY)

    assert book.title(tree.class_one.pk) in {
        "第一小学 · 三年级 · 一班", "No. 1 Primary School · Grade 3 · Class 1",
    }  # fmt: skip
    assert book.find(Named("第一小学", "", "实验班", P)) == direct.pk
    assert book.kind_at(tree.teachers.pk) is T
    assert book.kind_at(tree.five_old.pk) is F
