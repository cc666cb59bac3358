"""Talks are the counsellor's own; reports of duty stay; problems are put without a name (AID-2, AID-3)."""

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.http import Http404

from mingtian.care import access, actions
from mingtian.care.actions import Alarm, Problem, Said
from mingtian.care.models import Case, Note, Report, Seen, Talk, Ticket
from mingtian.care.tests.conftest import TODAY, County
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.children import NAME
from mingtian.testing.make import NOW
from mingtian.vault.access import keep
from mingtian.vault.rules import Part


def counselled(county: County) -> Case:
    case = county.open()
    county.act(county.worker, case, actions.bring_counsellor, user_id=county.counsellor.pk)
    return case


def talk(county: County) -> Talk:
    with county.enter(county.counsellor) as door:
        place = access.get_child_with_part(door, county.number, [Part.COUNSELLOR])
        said = Said(kind="one_to_one", held_on=TODAY, words="他说想妈妈", key="0123456789ab")
        return actions.note_talk(door, place, said)


def test_nobody_reads_a_counsellors_notes_not_even_the_next_one(county: County) -> None:
    case = counselled(county)
    own = talk(county)
    successor = county.person("successor", county.tree.school, Role.COUNSELLOR)
    county.act(county.worker, case, actions.bring_counsellor, user_id=successor.pk)
    for other in (county.worker, county.town, county.county, successor, county.far_worker):
        with county.enter(other):
            assert Note.objects.count() == 0
        with pytest.raises(Http404), county.enter(other) as door:
            access.get_talk_for(door, own.public_id)
    with county.enter(county.worker):
        assert Talk.objects.count() == 1, "that a talk took place is seen"
    with county.enter(successor):
        assert Talk.objects.count() == 0

    with county.enter(county.counsellor) as door:
        place = access.get_child_for(door, county.number)
        with pytest.raises(RuleBroken, match="care_counsellor_elsewhere"), transaction.atomic():
            actions.hand_over_notes(door, place, user_id=county.worker.pk)
        assert actions.hand_over_notes(door, place, user_id=successor.pk) == 1
    with county.enter(successor) as door:
        assert access.get_talk_for(door, own.public_id)[0] == own
    with county.enter(county.counsellor) as door:
        assert access.get_talk_for(door, own.public_id)[0] == own, "and stays the own"


def test_a_talk_sent_twice_is_one(county: County) -> None:
    counselled(county)
    assert talk(county) == talk(county)


def test_a_report_needs_neither_case_nor_consent_and_says_who_was_told(county: County) -> None:
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        with pytest.raises(RuleBroken, match="care_nobody_told"), transaction.atomic():
            actions.report_duty(door, place, Alarm(told=[]))
        for wrong in (NOW + timedelta(hours=1), NOW - timedelta(days=8)):
            with pytest.raises(RuleBroken, match="care_told_when"), transaction.atomic():
                actions.report_duty(door, place, Alarm(told=["police"], told_at=wrong))
        made = actions.report_duty(door, place, Alarm(told=["police", "civil_affairs"], words="伤"))
    assert (made.told, made.told_at, made.by_id) == (
        ["civil_affairs", "police"], NOW, county.worker.pk,
    )  # fmt: skip
    with county.enter(county.county) as door:
        assert Report.objects.count() == 1, "the offices above see it at once"
        for _ in range(2):
            actions.see_report(door, made)
        assert Seen.objects.count() == 1
    with county.enter(county.far_worker):
        assert Report.objects.count() == 0


def test_a_counsellor_reports_too_and_an_office_reports_without_words(county: County) -> None:
    counselled(county)
    for user, sealed_as in ((county.counsellor, "talks"), (county.town, "")):
        with county.enter(user) as door:
            place = access.get_child_for(door, county.number)
            made = actions.report_duty(door, place, Alarm(told=["education"], words="手臂淤青"))
        assert made.sealed_as == sealed_as


@pytest.mark.parametrize(
    "do", ["UPDATE care_report SET told = '{education}'", "DELETE FROM care_report"]
)
def test_a_report_can_be_neither_changed_nor_deleted(county: County, do: str) -> None:
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        actions.report_duty(door, place, Alarm(told=["police"]))
        with (
            pytest.raises((InternalError, ProgrammingError)), transaction.atomic(),
            connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(do)
    with (
        pytest.raises((InternalError, ProgrammingError)), keep("try"),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(do)


def test_a_problem_names_nobody_and_is_answered_once(county: County) -> None:
    county.open()
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        for words in (f"{NAME}没有书包", "思远没有书包", "电话13900000001", "没有 何 思远 的书包"):
            with pytest.raises(RuleBroken, match="care_names_child"), transaction.atomic():
                actions.open_ticket(door, place, Problem(topic="school", words=words, names=[NAME]))
        made = actions.open_ticket(
            door, place, Problem(topic="school", words="没有书包", names=[NAME])
        )
    with county.enter(county.town) as door:
        actions.answer_ticket(door, made, words="明天送到")
        actions.answer_ticket(door, made, words="明天送到")
        with pytest.raises(RuleBroken, match="care_answered_already"), transaction.atomic():
            actions.answer_ticket(door, made, words="后天送到")
    with county.enter(county.worker) as door:
        actions.close_ticket(door, made)
        assert Ticket.objects.get().answer == "明天送到"
