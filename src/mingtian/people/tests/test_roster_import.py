"""Previewed and committed rosters: what is new, changed, absent, refused, and again the same."""

import io
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import translation
from python_calamine import CalamineWorkbook

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.models import Unit
from mingtian.org.queries import list_subtree, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.people.actions import Roster, import_roster, preview_roster, rejected_rows
from mingtian.people.models import Person
from mingtian.people.rosters.plan import Options
from mingtian.people.rules import Kin, PersonKind
from mingtian.people.sealing import opened, sealer
from mingtian.testing.make import ACTOR, DAY, NOW, make_household, make_pupils, make_tree
from mingtian.testing.roster_files import HEADINGS, Cells, text_table, workbook

pytestmark = pytest.mark.django_db

PUPILS: list[list[object]] = [
    ["第一小学", "三年级", "一班", 1, "林小满"],
    ["第一小学", "三年级", "一班", 2, "𬱖䶮〇𫖯"],
    ["第一小学", "三年级", "二班", 1, "周晨"],
    ["第二小学", "三年级", "一班", 1, "江安和"],
]


def roster(
    under: Unit, rows: Sequence[Cells], headings: Cells = HEADINGS, **options: bool
) -> Roster:
    return Roster(
        content=workbook(rows, headings),
        under=unit_rows([under.pk], DAY)[under.pk],
        options=Options(**options),
    )


def names_of(unit: Unit) -> dict[str, str]:
    people = Person.objects.filter(unit=unit, left_on=None, number_index__isnull=False)
    return {opened(person, "number"): opened(person, "name") for person in people}


def test_a_county_file_fills_its_classes_with_rare_names_intact() -> None:
    tree = make_tree()

    done = import_roster(roster=roster(tree.county, PUPILS), actor=ACTOR, now=NOW)

    assert (done.new, done.rejected) == (4, 0)
    assert names_of(tree.class_one) == {"1": "林小满", "2": "𬱖䶮〇𫖯"}
    assert names_of(tree.other_class) == {"1": "江安和"}
    entry = AuditEntry.objects.get(action="people.roster_imported")
    assert entry.detail["new"] == 4
    assert "林" not in str(entry.detail)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rare_names_survive_every_encoding_to_the_sealed_row(encoding: str) -> None:
    tree = make_tree()
    content = text_table(PUPILS, encoding=encoding)
    under = unit_rows([tree.county.pk], DAY)[tree.county.pk]

    import_roster(
        roster=Roster(content=content, under=under, options=Options()), actor=ACTOR, now=NOW
    )

    person = Person.objects.get(
        unit=tree.class_one, name_index=sealer().index("name", "𬱖䶮〇𫖯", tree.class_one.pk)
    )
    assert opened(person, "name") == "𬱖䶮〇𫖯"


def test_the_same_file_a_second_time_changes_nothing() -> None:
    tree = make_tree()
    act = roster(tree.county, PUPILS)
    import_roster(roster=act, actor=ACTOR, now=NOW)
    before = list(Person.objects.order_by("pk").values_list())

    done = import_roster(roster=act, actor=ACTOR, now=NOW)

    assert (done.new, done.changed, done.unchanged) == (0, 0, 4)
    assert list(Person.objects.order_by("pk").values_list()) == before


def test_a_preview_says_the_same_and_writes_nothing() -> None:
    tree = make_tree()
    make_pupils(tree.class_one, ["林小满", "何思远", "许一诺"])

    seen = preview_roster(roster=roster(tree.county, PUPILS), now=NOW)

    assert (seen.rows, seen.new, seen.changed, seen.unchanged, seen.absent) == (4, 2, 1, 1, 1)
    assert (seen.units, seen.accepted, seen.absent_to_mark) == (3, 4, 1)
    assert Person.objects.count() == 3


def test_a_changed_name_is_updated_in_place() -> None:
    tree = make_tree()
    pupil = make_pupils(tree.class_one, ["林小漫"])[0]

    done = import_roster(roster=roster(tree.county, PUPILS), actor=ACTOR, now=NOW)

    assert done.changed == 1
    pupil.refresh_from_db()
    assert opened(pupil, "name") == "林小满"
    assert bytes(pupil.name_index or b"") == sealer().index("name", "林小满", tree.class_one.pk)


def test_those_absent_stay_unless_they_are_to_be_marked() -> None:
    tree = make_tree()
    pupils = make_pupils(tree.class_one, ["林小满", "𬱖䶮〇𫖯", "许一诺"])
    make_household(pupils[2], kin=[Kin.MOTHER])
    make_pupils(tree.far_class, 2)

    kept = import_roster(roster=roster(tree.county, PUPILS), actor=ACTOR, now=NOW)
    marked = import_roster(
        roster=roster(tree.county, PUPILS, mark_absent=True), actor=ACTOR, now=NOW
    )

    assert (kept.absent, kept.left, marked.absent, marked.left) == (1, 0, 1, 1)
    gone = Person.objects.filter(left_on=DAY)
    assert Counter(gone.values_list("kind", flat=True)) == {1: 1, 2: 1}


def test_a_pupil_who_is_back_is_the_same_person_with_the_family() -> None:
    tree = make_tree()
    pupils = make_pupils(tree.class_one, ["林小满", "𬱖䶮〇𫖯", "许一诺"])
    make_household(pupils[2], kin=[Kin.MOTHER])
    import_roster(roster=roster(tree.county, PUPILS, mark_absent=True), actor=ACTOR, now=NOW)
    again = [*PUPILS, ["第一小学", "三年级", "一班", 3, "许一诺"]]

    done = import_roster(roster=roster(tree.county, again), actor=ACTOR, now=NOW)

    assert (done.back, done.new) == (1, 0)
    assert not Person.objects.exclude(left_on=None).exists()


def test_somebody_else_with_the_number_of_one_who_left_is_a_new_person() -> None:
    tree = make_tree()
    pupils = make_pupils(tree.class_one, ["何思远"])
    Person.objects.filter(pk=pupils[0].pk).update(left_on=DAY - timedelta(days=1))

    done = import_roster(roster=roster(tree.county, PUPILS), actor=ACTOR, now=NOW)

    assert (done.new, done.back) == (4, 0)
    assert Person.objects.filter(unit=tree.class_one).count() == 3


@pytest.mark.parametrize(
    "refused_row",
    [
        ["第一小学", "三年级", "一班", 3, ""],
        ["第一小学", "三年级", "十班", 3, "许一诺"],
    ],
)
def test_nobody_is_marked_where_a_refused_row_may_be_one_of_the_absent(
    refused_row: list[str],
) -> None:
    tree = make_tree()
    make_pupils(tree.class_one, ["林小满", "𬱖䶮〇𫖯", "许一诺"])

    done = import_roster(
        roster=roster(tree.county, [*PUPILS, refused_row], mark_absent=True), actor=ACTOR, now=NOW
    )

    assert (done.absent, done.left, done.rejected) == (1, 0, 1)


REFUSED = [
    (["第一小学", "三年级", "一班", "13912345678", "许一诺"], "number_is_telephone"),
    (["第一小学", "三年级", "一班", 13912345678, "许一诺"], "number_is_telephone"),
    (["第一小学", "三年级", "一班", "11010519491231002X", "许一诺"], "number_is_citizen"),
    (["第一小学", "三年级", "一班", "9", "许一诺13912345678"], "name_holds_telephone"),
    (["第一小学", "三年级", "一班", "9", "许一诺11010519491231002X"], "name_holds_citizen"),
    (["第一小学", "三年级", "一班", "9", "许一诺20230101"], "name_holds_number"),
    (["第一小学", "三年级", "一班", "", "许一诺"], "number_missing"),
    (["第一小学", "三年级", "一班", "9" * 40, "许一诺"], "number_too_long"),
    (["第一小学", "三年级", "一班", "9", ""], "pupil_name_missing"),
    (["第一小学", "三年级", "一班", "9", "许" * 60], "pupil_name_too_long"),
    (["第一小学", "三年级", "一班", "9\ue000\U000e0001", "许\u0378"], "number_unprintable"),
    (["第一小学", "三年级", "一班", "9", "许\u0378"], "pupil_name_unprintable"),
    (["第一小学", "三年级", "十班", "9", "许一诺"], "class_unknown"),
    (["第一小学", "三年级", "", "9", "许一诺"], "class_missing"),
    (["第九小学", "三年级", "一班", "9", "许一诺"], "school_unknown"),
    (["", "三年级", "一班", "9", "许一诺"], "school_missing"),
    (["第一小学", "三年级", "一班", "1", "林小满"], "row_twice"),
    (["第一小学", "三年级", "一班", "01", "许一诺"], "number_contested"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "code"), REFUSED)
def test_a_refused_row_is_told_by_number_and_the_others_are_taken(
    row: list[object], code: str
) -> None:
    tree = make_tree()
    file = roster(tree.county, [*PUPILS, row])

    seen = preview_roster(roster=file, now=NOW)
    done = import_roster(roster=file, actor=ACTOR, now=NOW)

    assert code in {problem.code for problem in seen.problems if problem.row == 6}
    assert done.new >= 3
    with translation.override("en"):
        told = seen.problem_rows(10)[-1].sentence
    assert told.endswith(".")
    assert "%(" not in told


def test_of_two_names_with_one_number_neither_is_taken_over() -> None:
    tree = make_tree()
    rows: list[Cells] = [*PUPILS, [*PUPILS[0][:4], "许一诺"], [*PUPILS[0][:4], "何思远"]]

    seen = preview_roster(roster=roster(tree.county, rows), now=NOW)

    assert [(p.row, p.code, p.facts) for p in seen.problems] == [
        (2, "number_contested", {"other": 6}),
        (6, "number_contested", {"other": 2}),
        (7, "number_contested", {"other": 2}),
    ]
    assert seen.new == 3


def test_refused_rows_come_back_as_text_with_the_reason() -> None:
    tree = make_tree()
    rows: list[Cells] = [*PUPILS, ["第一小学", "三年级", "十班", "=1+1", "=cmd|' /C calc'!A0"]]

    with translation.override("en"):
        content = rejected_rows(roster=roster(tree.county, rows), now=NOW)

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    table = book.get_sheet_by_index(0).to_python()
    assert table[0] == ["Why this row was refused", "Row", *HEADINGS]
    assert table[1][1:] == ["6", "第一小学", "三年级", "十班", "=1+1", "=cmd|' /C calc'!A0"]
    assert str(table[1][0]).startswith("The school has no class 三年级 十班.")
    assert len(table) == 2


def test_the_refused_rows_mended_can_be_sent_again() -> None:
    tree = make_tree()
    rows: list[Cells] = [*PUPILS, ["第一小学", "三年级", "一班", "", "许一诺"]]
    content = rejected_rows(roster=roster(tree.county, rows), now=NOW)
    table = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    table[1][5] = "3"

    mended = roster(tree.county, [[str(cell) for cell in table[1]]], [str(c) for c in table[0]])
    done = import_roster(roster=mended, actor=ACTOR, now=NOW)

    assert (done.new, done.rejected) == (1, 0)


def test_a_name_that_looks_like_a_formula_is_kept_as_letters() -> None:
    tree = make_tree()

    import_roster(
        roster=roster(tree.county, [["第一小学", "三年级", "一班", "1", "=林小满"]]), actor=ACTOR, now=NOW
    )  # fmt: skip

    assert names_of(tree.class_one) == {"1": "=林小满"}


def test_missing_classes_are_founded_when_asked_once_for_all_spellings() -> None:
    tree = make_tree()
    rows = [
        ["第一小学", "四年级", "1班", 1, "许一诺"],
        ["第一小学", "4", "一班", 2, "何思远"],
        ["第一小学", "三年级", "九班", 1, "沈明川"],
        ["第一小学", "", "苗苗班", 1, "宋可欣"],
    ]
    file = roster(tree.county, rows, create_missing=True)

    seen = preview_roster(roster=file, now=NOW)
    done = import_roster(roster=file, actor=ACTOR, now=NOW)
    again = import_roster(roster=file, actor=ACTOR, now=NOW)

    assert [missing[1:] for missing in seen.classes_missing] == [
        ("", "苗苗班", 1), ("三年级", "九班", 1), ("四年级", "1班", 2),
    ]  # fmt: skip
    assert (done.new, done.classes_founded) == (4, 3)
    assert (again.new, again.classes_founded, again.unchanged) == (0, 0, 4)
    grades = [row.name for row in list_subtree(tree.school.pk, DAY, kinds=[UnitKind.GRADE])]
    assert grades == ["三年级", "四年级"]


def test_staff_and_five_old_go_to_their_groups() -> None:
    tree = make_tree()
    headings = ["单位", "工号", "姓名", "类别"]
    rows = [
        ["第一小学", "T1", "于望舒", "教师"],
        ["河口镇", "W1", "唐知夏", "五老"],
        ["河口镇", "W2", "冯子衿", "嘉宾"],
    ]

    done = import_roster(roster=roster(tree.county, rows, headings), actor=ACTOR, now=NOW)
    seen = preview_roster(roster=roster(tree.county, rows, headings), now=NOW)

    kinds = dict(Person.objects.values_list("unit_id", "kind"))
    assert kinds == {
        tree.teachers.pk: PersonKind.TEACHER, tree.five_old.pk: PersonKind.FIVE_OLD,
    }  # fmt: skip
    assert (done.new, done.rejected) == (2, 1)
    assert [problem.code for problem in seen.problems] == ["kind_unknown", "school_unknown"]


def test_a_class_file_needs_only_numbers_and_names() -> None:
    tree = make_tree()
    rows = [[1, "林小满"], [2, "周晨"]]

    done = import_roster(
        roster=roster(tree.class_two, rows, ["座号", "姓名"]), actor=ACTOR, now=NOW
    )

    assert done.new == 2
    assert names_of(tree.class_two) == {"1": "林小满", "2": "周晨"}


def test_a_row_cannot_reach_a_class_outside_the_importing_unit() -> None:
    tree = make_tree()
    rows = [["北河小学", "三年级", "一班", 1, "许一诺"]]

    done = import_roster(roster=roster(tree.county, rows), actor=ACTOR, now=NOW)

    assert (done.new, done.rejected) == (0, 1)
    assert not Person.objects.exists()


def test_headings_alone_are_refused() -> None:
    tree = make_tree()

    with pytest.raises(RuleBroken, match="file_without_rows"):
        preview_roster(roster=roster(tree.county, []), now=NOW)


def test_an_import_reports_both_stages_to_the_end() -> None:
    tree = make_tree()
    heard: Counter[str] = Counter()
    announced: dict[str, int] = {}

    def stage(word: str, rows: int) -> object:
        announced[word] = rows
        return lambda done: heard.update({word: done})

    import_roster(roster=roster(tree.county, PUPILS), actor=ACTOR, now=NOW, stage=stage)  # type: ignore[arg-type]

    assert heard == announced == {"checking": 4, "writing": 4}


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_double_nobody() -> None:
    tree = make_tree()
    file = roster(
        tree.county, [*PUPILS, ["第一小学", "四年级", "1班", 1, "沈明川"]], create_missing=True
    )
    start = Barrier(2)

    def bring_in(_number: int) -> tuple[int, int]:
        start.wait()
        try:
            done = import_roster(roster=file, actor=ACTOR, now=NOW)
        finally:
            connection.close()
        return done.new, done.unchanged

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(bring_in, range(2)))

    assert outcomes == [(0, 5), (5, 0)]
    assert Person.objects.count() == 5
