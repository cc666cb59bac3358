"""Talks are the counsellor's own; reports of duty stay; problems are put without a name (AID-2, AID-3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.http import Http404

from mingtian.care import access, actions
from mingtian.care.actions import Alarm, Problem, Said
from mingtian.care.models import Case, Note, Report, Seen, Talk, Ticket
from mingtian.care.queries import list_unasked
from mingtian.care.tests.conftest import TODAY, County, make_county
from mingtian.care.tests.test_todo import kinds
from mingtian.children.actions import ConsentSpec, withdraw_consent
from mingtian.children.queries import list_consents
from mingtian.children.rules import ConsentPurpose, Party, Way
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.children import NAME, agree
from mingtian.testing.make import NOW
from mingtian.vault.access import keep
from mingtian.vault.rules import Part


def counselled(county: County) -> Case:
    case = county.open()
    county.act(county.worker, case, actions.bring_counsellor, user_id=county.counsellor.pk)
    return case


def talk(county: County, **changes: str) -> Talk:
    with county.enter(county.counsellor) as door:
        place = access.get_child_with_part(door, county.number, [Part.COUNSELLOR])
        said = Said(kind="one_to_one", held_on=TODAY, words="他说想妈妈", key="0123456789ab")
        said = replace(said, **changes)  # type: ignore[arg-type]
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


def test_a_talk_needs_a_consent_or_a_reason_why_it_could_not_wait(db: None) -> None:
    county = make_county(consents=())
    counselled(county)
    with pytest.raises(RuleBroken, match="care_talk_not_agreed"):
        talk(county)
    with pytest.raises(RuleBroken, match="care_choose"):
        talk(county, urgency="curious")
    assert talk(county, urgency="asked").urgency == "asked"


def test_the_counsellor_notes_the_consent_and_needs_no_reason_then(db: None) -> None:
    county = make_county(consents=())
    counselled(county)
    with county.enter(county.counsellor) as door:
        place = access.get_child_for(door, county.number)
        said = ConsentSpec(
            purpose=ConsentPurpose.COUNSELLING, party=Party.GUARDIAN, way=Way.SPOKEN, given_on=TODAY
        )
        actions.note_agreed(door, place, said)
    assert talk(county, urgency="danger").urgency == "", "what was agreed to could have waited"


def test_after_a_withdrawal_danger_alone_counts(county: County) -> None:
    counselled(county)
    with county.enter(county.worker) as door:
        for consent in list_consents(county.child):
            withdraw_consent(door, county.child, consent.public_id)
    for urgency in ("asked", "unreached"):
        with pytest.raises(RuleBroken, match="care_talk_withdrawn"):
            talk(county, urgency=urgency)
    assert talk(county, urgency="danger").urgency == "danger"


def test_a_child_of_fourteen_agrees_to_talks_alone(db: None) -> None:
    county = make_county(born_on=date(2008, 12, 31))
    counselled(county)
    with pytest.raises(RuleBroken, match="care_talk_not_agreed"):
        talk(county)
    with county.enter(county.worker) as door:
        for consent in list_consents(county.child):
            withdraw_consent(door, county.child, consent.public_id)
        agree(door, county.child, ConsentPurpose.COUNSELLING, party=Party.CHILD)
    assert talk(county).urgency == ""


def test_those_above_see_why_a_talk_could_not_wait_and_nothing_else(db: None) -> None:
    county = make_county(consents=())
    case = counselled(county)
    own = talk(county, urgency="danger")
    school = county.person("school", county.tree.school, Role.OFFICE)
    for user, waits in ((county.town, 1), (school, 1), (county.county, 0), (county.worker, 0)):
        assert kinds(user).get("care.unasked", 0) == waits, user.username
    assert kinds(county.county, NOW + timedelta(days=4))["care.unasked"] == 1
    with county.enter(school) as door:
        (row,) = list_unasked(door)
        assert (row.what, row.why, row.number) == ("talk", "danger", case.number)
        actions.look_at_talk(door, access.get_talk_above(door, own.public_id))
        assert list_unasked(door) == []
    for user in (county.town, school):
        assert "care.unasked" not in kinds(user)
    for stranger in (county.far_worker, county.worker):
        with pytest.raises(Http404), county.enter(stranger) as door:
            access.get_talk_above(door, own.public_id)


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
