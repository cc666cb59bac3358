"""The trail of a reach: read by auditors and offices, by day, actor and action; kept for years."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.core import audit
from mingtian.core.models import AuditEntry
from mingtian.org.actions import close_unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.staff import tasks
from mingtian.staff.noted import told
from mingtian.staff.queries.trail import Asked, list_trail
from mingtian.staff.rules import KEPT_DAYS, LEAST_KEPT_DAYS
from mingtian.staff.tests.conftest import House
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


@pytest.fixture
def auditor(house: House) -> User:
    user = make_staff("auditor", house.tree.county, Role.AUDITOR)
    AuditEntry.objects.all().delete()
    return user


def note(actor: str, subject: str, *, action: str = "people.names_read", days: int = 0) -> None:
    audit.record(
        actor=actor, action=action, subject=subject, now=NOW - timedelta(days=days), persons=3
    )


def read(user: User, **asked: object) -> list[tuple[str, str]]:
    days = {"first": DAY, "last": DAY} | asked
    rows = list_trail(list_posts(user.pk, DAY), Asked(**days))  # type: ignore[arg-type]
    return [(row.actor, row.subject) for row in rows]


def test_entries_about_units_in_reach_are_read_and_no_others(house: House, auditor: User) -> None:
    inside = f"unit:{house.tree.class_one.public_id}"
    outside = f"unit:{house.tree.far_class.public_id}"
    note("system:import", inside)
    note("principal", inside)
    note("principal", outside)

    assert read(auditor) == [("principal", inside), ("system:import", inside)]


def test_what_people_in_reach_did_to_other_things_is_read(house: House, auditor: User) -> None:
    make_staff("stranger", house.tree.far_school, Role.PRINCIPAL)
    AuditEntry.objects.all().delete()
    note("principal", "account:principal", action="staff.signed_in")
    note("system:sign-in", "account:principal", action="staff.sign_in_failed")
    note("stranger", "account:stranger", action="staff.signed_in")
    note("system:sign-in", "account:unknown", action="staff.sign_in_failed")

    assert read(auditor) == [
        ("system:sign-in", "account:principal"),
        ("principal", "account:principal"),
    ]


def test_day_actor_and_action_narrow_it(house: House, auditor: User) -> None:
    inside = f"unit:{house.tree.class_one.public_id}"
    note("principal", inside, action="staff.invited")
    note("county.office", inside, days=1)

    yesterday = DAY - timedelta(days=1)
    assert read(auditor, first=yesterday, last=yesterday) == [("county.office", inside)]
    assert read(auditor, first=yesterday, actor="principal") == [("principal", inside)]
    assert read(auditor, first=yesterday, action="people.") == [("county.office", inside)]
    assert read(auditor, action="%") == []


def test_the_page_shows_words_ids_and_counts(
    house: House,
    auditor: User,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    note("principal", f"unit:{house.tree.class_one.public_id}")
    client.force_login(auditor)

    with django_assert_max_num_queries(8):
        page = client.get("/desk/staff/trail").content.decode()

    assert "查看班级姓名" in page
    assert "people.names_read" not in page
    assert house.tree.class_one.name in page
    assert "人数：3" in page
    assert "persons" not in page
    assert client.get("/desk/staff/trail?first=nonsense&last=2023-13-40").status_code == 200


def test_what_was_done_to_many_at_once_is_about_no_single_thing(
    house: House, auditor: User
) -> None:
    note("auditor", "child:many")
    note("auditor", "campaign:9ykq2w7ahx3c")

    rows = list_trail(list_posts(auditor.pk, DAY), Asked(first=DAY, last=DAY))

    assert [row.about for row in rows] == ["9ykq2w7ahx3c", "–"]


def test_an_action_of_an_earlier_version_is_told_by_its_code(auditor: User, client: Client) -> None:
    note("auditor", "account:auditor", action="staff.gone_since")
    client.force_login(auditor)

    assert "staff.gone_since" in client.get("/desk/staff/trail").content.decode()


def test_what_was_noted_is_told_in_words_of_both_languages() -> None:
    detail: dict[str, str | int | bool | None] = {
        "fen": 31250, "superior": None, "role": "class_teacher", "locked": True, "gone_since": 3,
        "digest": "f" * 64, "line": "guides",
    }  # fmt: skip

    with translation.override("en"):
        assert told("org.post_given", detail) == (
            f"fingerprint: {'f' * 24}…; amount: ¥312.50; gone_since: 3; line: guiding line; "
            "locked: yes; post: Class teacher; superior: –"
        )
    with translation.override("zh-hans"):
        assert told("staff.x", {"locked": False, "lecture": 3}) == "讲次：3；已锁定：否"


def test_codes_are_told_in_the_words_of_the_module_that_notes_them() -> None:
    with translation.override("en"):
        assert told("closings.corrected", {"kind": 1, "column": "arrived"}) == (
            "column: Arrived; kind: Pupil"
        )
        assert told("care.talk_held", {"kind": "family"}) == "kind: Talk with the family"
        assert told("care.service_done", {"kind": "family"}) == "kind: Guidance for the family"
        assert told("vault.file_closed", {"why": "grown_up"}) == (
            "why: The child is 18 or has left school"
        )


def test_several_codes_are_told_one_by_one() -> None:
    with translation.override("zh-hans"):
        assert told("care.referred", {"passed": "name,home"}) == "移交：姓名、住址和监护人"
        assert told("comments.referred", {"detail": "principal police"}) == "详情：校长、公安机关"


def test_a_refusal_is_told_in_its_own_sentence() -> None:
    with translation.override("en"):
        assert told("groups.robot_refused", {"code": "robot_secret_too_long"}) == (
            "code: The secret is too long; at most … characters. Copy it again"
        )


def test_a_code_of_an_earlier_version_stays_as_it_is() -> None:
    detail: dict[str, str | int | bool | None] = {"reason": "gone_since", "passed": "name,gone"}

    with translation.override("en"):
        assert told("care.referred", detail) == "passed on: name,gone; reason: gone_since"


@pytest.mark.parametrize("number", [1, 10])
def test_units_are_told_by_name_in_one_statement_for_all_entries(
    number: int,
    house: House,
    auditor: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tree, posts = house.tree, list_posts(auditor.pk, DAY)
    for _ in range(number):
        audit.record(
            actor="auditor", action="org.placed", subject=f"unit:{tree.class_one.public_id}",
            now=NOW, superior=tree.school.public_id, unit=tree.county.pk, office=None, above=987654,
        )  # fmt: skip

    with django_assert_num_queries(2):
        rows = list_trail(posts, Asked(first=DAY, last=DAY))

    assert len(rows) == number
    for row in rows:
        assert row.unit == f"{tree.school.name} {tree.grade.name}{tree.class_one.name}"
        assert row.detail == {
            "superior": tree.school.name, "unit": tree.county.name, "office": None, "above": 987654,
        }  # fmt: skip


def test_a_unit_that_has_closed_keeps_its_own_name(house: House, auditor: User) -> None:
    unit = house.tree.class_one
    later = DAY + timedelta(days=2)
    close_unit(unit=unit, on=DAY + timedelta(days=1), actor="auditor", now=NOW)
    audit.record(
        actor="auditor", action="aid.list_entered", subject="list:1", unit=unit.pk,
        now=NOW + timedelta(days=2),
    )  # fmt: skip

    (row,) = list_trail(list_posts(auditor.pk, DAY), Asked(first=later, last=later))

    assert row.detail == {"unit": unit.name}


def test_somebody_is_found_by_name_as_by_account(house: House, auditor: User) -> None:
    User.objects.filter(username="principal").update(first_name="", last_name="林校长")
    inside = f"unit:{house.tree.class_one.public_id}"
    note("principal", inside)
    note("system:import", inside)

    assert read(auditor, actor="林校长") == [("principal", inside)]


def test_it_can_be_taken_out_and_that_is_noted(house: House, auditor: User, client: Client) -> None:
    note("=cmd()", f"unit:{house.tree.class_one.public_id}")
    audit.record(
        actor="auditor", action="bulletins.begun", subject="bulletin:1", now=NOW, kind="note",
        unit=house.tree.school.pk,
    )  # fmt: skip
    client.force_login(auditor)

    csv = client.get("/desk/staff/trail.csv").content.decode("utf-8-sig")

    assert "'=cmd()" in csv
    assert "查看班级姓名,people.names_read" in csv
    assert f"种类：督导情况；单位：{house.tree.school.name}\r\n" in csv
    entry = AuditEntry.objects.get(action="staff.trail_taken")
    assert entry.detail == {"entries": 2}


def test_entries_go_after_three_years_and_never_before(db: None) -> None:
    for days in (1, LEAST_KEPT_DAYS, KEPT_DAYS - 1, KEPT_DAYS + 1):
        note("system:test", f"unit:{days}", days=days)

    tasks.let_old_entries_go(NOW)

    left = set(AuditEntry.objects.values_list("subject", flat=True))
    assert left == {"unit:1", f"unit:{LEAST_KEPT_DAYS}", f"unit:{KEPT_DAYS - 1}", "trail:all"}


def test_no_mistake_deletes_the_last_six_months(db: None) -> None:
    note("system:test", "unit:young", days=LEAST_KEPT_DAYS - 1)

    gone = audit.forget_before(NOW, keep=NOW - timedelta(days=LEAST_KEPT_DAYS), now=NOW)

    assert gone == 0
    assert LEAST_KEPT_DAYS >= 183


def test_tries_that_no_longer_count_go_by_night(db: None, client: Client) -> None:
    client.post("/desk/sign-in", {"username": "nobody", "password": "x"})

    tasks.forget_old_tries(NOW + timedelta(days=1))

    assert not AuditEntry.objects.filter(subject="account:nobody").exists()
