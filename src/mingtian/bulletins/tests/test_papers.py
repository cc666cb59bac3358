"""The day's paper from draft to issue: one a day, figures followed, one of two who press (SUP-1)."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mingtian.bulletins import facts as kept
from mingtian.bulletins.actions import (
    Again,
    begin,
    drop,
    edit,
    issue,
    post_to_groups,
    take_figures,
)
from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.queries import facts_of
from mingtian.bulletins.rules import Kind, Section
from mingtian.bulletins.tests.conftest import BY, Desk, make_desk
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Status
from mingtian.core.models import AuditEntry
from mingtian.documents.queries import find_by_source
from mingtian.groups.models import Group
from mingtian.groups.rules import Audience
from mingtian.people.models import Standing
from mingtian.testing.make import make_class

WRONG = Again(reason="text_wrong", words="漏写了一个县的做法")


def again(desk: Desk, why: Again = WRONG) -> Bulletin:
    return begin(place=desk.place(), kind=Kind.BULLETIN, by=BY, now=desk.over, again=why)


def test_the_day_is_told_in_figures_each_with_its_basis(desk: Desk) -> None:
    place = desk.place()

    facts = facts_of(Kind.BULLETIN, place.day, place.unit, place.path, desk.over)

    told = {key: (figure.value, figure.basis) for key, figure in facts.figures.items()}
    assert told["arrived"] == (13, Basis.PERSONS)
    assert told["pupils"] == (8, Basis.PERSONS)
    assert told["completed"] == (10, Basis.PERSONS)
    assert told["expected"] == (22, Basis.PERSONS)
    assert told["households"] == (7, Basis.HOUSEHOLDS)
    assert told["houses"] == (2, Basis.UNITS)
    assert told["silent"] == (2, Basis.UNITS)
    assert "so_far" not in told
    assert facts.status is Status.PROVISIONAL
    [unit] = facts.units
    assert (unit.name, unit.figures["arrived"].value) == ("安平县", 13)


def test_late_and_silent_are_numbers_without_a_name(desk: Desk) -> None:
    tree = desk.night.evening.tree
    desk.night.confirm(tree.school, now=desk.over + timedelta(hours=2))

    found = desk.issued(Kind.NOTE)

    words = str(found.body)
    assert "迟报1个，未报1个" in words
    assert tree.school.name not in words
    assert tree.town.name not in words


def test_the_exempt_leave_the_denominator(desk: Desk) -> None:
    pupil = desk.night.evening.pupils[9]
    Standing.objects.create(
        person=pupil, unit_id=pupil.unit_id, state="exempt", reason="no_phone",
        starts_on=desk.night.day.held_on, decided_at=desk.over,
    )  # fmt: skip
    place = desk.place()

    facts = facts_of(Kind.BULLETIN, place.day, place.unit, place.path, desk.over)

    assert facts.figures["exempt"].value == 1
    assert facts.figures["expected"].value == 21


def test_days_add_up_to_person_times_once_those_before_are_frozen(desk: Desk) -> None:
    second = desk.night.next_day()
    place = desk.place(lecture=second.pk)
    later = desk.over + timedelta(days=1)
    assert "so_far" not in facts_of(Kind.BULLETIN, place.day, place.unit, place.path, later).figures
    desk.night.freeze()

    facts = facts_of(Kind.BULLETIN, place.day, place.unit, place.path, later)

    so_far = facts.figures["so_far"]
    assert (so_far.value, so_far.basis, so_far.period.days) == (13, Basis.PERSON_TIMES, 2)
    assert so_far.status is Status.PROVISIONAL


def test_there_is_no_draft_before_the_end(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="bulletin_before_the_end"):
        desk.begin(now=desk.night.evening.lecture.starts_at)


def test_a_second_press_returns_the_draft_and_a_second_issue_the_document(desk: Desk) -> None:
    first = desk.begin()
    assert desk.begin() == first

    made = desk.issue(first)
    repeated = desk.issue(first)

    assert made.reference == repeated.reference == "岚山关工委〔2023〕1号"
    document = find_by_source(f"bulletins:{made.public_id}")
    assert document is not None
    assert document.reference == made.reference
    assert made.title.endswith("通报（待确认数据）")
    assert "到课13人（学生8人），看完10人，参加家庭7户" in made.group_text
    assert AuditEntry.objects.filter(action="bulletins.issued").count() == 1


def test_note_and_bulletin_are_one_each(desk: Desk) -> None:
    desk.issued(Kind.NOTE)
    desk.issued(Kind.BULLETIN)

    assert [each.reference[-2:] for each in Bulletin.objects.order_by("pk")] == ["1号", "2号"]


def test_a_second_one_of_the_day_needs_a_reason_and_takes_the_place_of_the_first(
    desk: Desk,
) -> None:
    first = desk.issued()
    with pytest.raises(RuleBroken, match="bulletin_twice"):
        desk.begin()
    with pytest.raises(RuleBroken, match="bulletin_reason_missing"):
        again(desk, Again(reason="text_wrong"))

    second = desk.issue(again(desk))

    first.refresh_from_db()
    assert (second.edition, second.replaces) == (2, first)
    assert first.superseded_at == second.issued_at
    assert second.title == "关于9月18日大讲堂第1讲情况的通报（第2次）（待确认数据）"
    assert second.body[0]["text"] == (
        f"本件代替{first.reference}。原因：文字有误，漏写了一个县的做法。"
    )


def test_sections_are_edited_one_by_one_and_numbers_follow(desk: Desk) -> None:
    found = desk.begin()

    edit(bulletin_id=found.pk, section=Section.PRACTICE, text="第一小学共{学生}按时到课。",
         by=BY, now=desk.over)  # fmt: skip
    made = desk.issue(found)

    assert {"text": "第一小学共8人按时到课。", "heading": False} in made.body
    assert {"text": "好的做法", "heading": True} in made.body
    grid = next(block for block in made.body if "rows" in block)
    assert grid["rows"][1] == ["安平县", "13人", "8人", "22人", "36.4%", "10人"]


@pytest.mark.parametrize(
    ("section", "text", "code"),
    [
        (Section.CONFIRMING, "好", "bulletin_section_unknown"),
        (Section.OVERALL, "{不知道}", "bulletin_number_unknown"),
        (Section.OVERALL, "{到课}人", "bulletin_number_has_unit"),
    ],
)
def test_a_section_that_cannot_stand_is_refused(
    desk: Desk, section: Section, text: str, code: str
) -> None:
    found = desk.begin()

    with pytest.raises(RuleBroken, match=code):
        edit(bulletin_id=found.pk, section=section, text=text, by=BY, now=desk.over)


def test_figures_that_changed_stop_the_issue_until_somebody_has_seen_them(desk: Desk) -> None:
    found = desk.begin()
    desk.night.count(desk.night.evening.tree.class_one, 1)
    with pytest.raises(RuleBroken, match="bulletin_figures_changed"):
        desk.issue(found)

    take_figures(place=desk.place(), bulletin_id=found.pk, by=BY, now=desk.over)

    assert "到课14人" in desk.issue(found).group_text


def test_a_better_status_alone_does_not_stop_the_issue(desk: Desk) -> None:
    found = desk.begin()
    desk.night.freeze()

    made = desk.issue(found, now=desk.closed)

    assert kept.from_plain(made.facts).status is Status.FROZEN
    assert "待确认" not in made.title
    assert "已冻结数据" in made.group_text


def test_what_is_issued_does_not_change_any_more(desk: Desk) -> None:
    found = desk.issued()
    desk.night.count(desk.night.evening.tree.class_one, 1)

    with pytest.raises(RuleBroken, match="bulletin_issued"):
        edit(bulletin_id=found.pk, section=Section.PRACTICE, text="好", by=BY, now=desk.over)
    with pytest.raises(RuleBroken, match="bulletin_issued"):
        drop(bulletin_id=found.pk, by=BY, now=desk.over)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Bulletin.objects.filter(pk=found.pk).update(title="另一个题目")
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Bulletin.objects.filter(pk=found.pk).delete()


def test_a_draft_may_be_thrown_away(desk: Desk) -> None:
    found = desk.begin()

    drop(bulletin_id=found.pk, by=BY, now=desk.over)

    assert desk.begin().edition == 1


def test_the_short_text_goes_once_to_the_two_named_lists(desk: Desk) -> None:
    found = desk.begin()
    place = desk.place()
    with pytest.raises(RuleBroken, match="bulletin_not_in_force"):
        post_to_groups(place=place, bulletin_id=found.pk, by=BY, now=desk.over)
    desk.issue(found)
    with pytest.raises(RuleBroken, match="no_groups"):
        post_to_groups(place=place, bulletin_id=found.pk, by=BY, now=desk.over)
    for audience in (Audience.COMMITTEES, Audience.SCHOOLS, Audience.FAMILIES):
        Group.objects.create(
            unit_id=place.unit.id, name=audience.value, purpose="工作", platform="wechat",
            audience=audience.value, size=10, in_charge_role="office",
            line="leads", kinds=[], created_at=desk.over, closes_on=desk.night.day.held_on + timedelta(days=30),
        )  # fmt: skip

    posted = [
        post_to_groups(place=place, bulletin_id=found.pk, by=BY, now=desk.over) for _ in range(2)
    ]

    assert posted == [2, 2]


def test_two_who_issue_together_make_one_document(transactional_db: None) -> None:
    desk = make_desk()
    found, place = desk.begin(), desk.place()
    references: list[str] = []
    gate = threading.Barrier(2)

    def press() -> None:
        gate.wait(10)
        made = issue(place=place, bulletin_id=found.pk, by=BY, now=desk.over)
        references.append(made.reference)
        connection.close()

    together(press)

    assert references == ["岚山关工委〔2023〕1号"] * 2
    assert AuditEntry.objects.filter(action="bulletins.issued").count() == 1


def test_two_who_begin_a_second_one_together_have_one_draft(transactional_db: None) -> None:
    desk = make_desk()
    desk.issued()
    gate = threading.Barrier(2)

    def press() -> None:
        gate.wait(10)
        again(desk)
        connection.close()

    together(press)

    assert [each.edition for each in Bulletin.objects.order_by("edition")] == [1, 2]


def together(press: object) -> None:
    threads = [threading.Thread(target=press) for _ in range(2)]  # type: ignore[arg-type]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)


def test_the_number_of_statements_does_not_grow_with_the_city(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    tree, place = desk.night.evening.tree, desk.place()
    with django_assert_max_num_queries(9) as few:  # type: ignore[operator]
        facts_of(Kind.BULLETIN, place.day, place.unit, place.path, desk.over)

    for _each in range(20):
        desk.night.count(make_class(tree.grade), 5)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        facts_of(Kind.BULLETIN, place.day, place.unit, place.path, desk.over)
