"""Approval, the broken glass and its notice, erasing on two people's word (AID-1; PIPL 47)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.http import Http404

from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault import actions, events, keystore
from mingtian.vault.access import TurnedAway, enter, keep
from mingtian.vault.models import Child, Reach, Reading, Request, Tombstone
from mingtian.vault.queries import list_requests, todo
from mingtian.vault.rules import Asking, Basis, FieldClass, Part, Purpose, Verdict

REASON = "家长报告孩子夜里没有回家"
C = FieldClass


@dataclass
class Setting:
    """A child of the village with its worker, a colleague in sight and the town's office."""

    tree: Tree
    child: Child
    worker: User
    colleague: User
    office: User


@pytest.fixture
def setting(db: None) -> Setting:
    tree = make_tree()
    worker = make_staff("worker", tree.village, Role.CASE_WORKER)
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        child = actions.admit(door, unit_id=tree.village.pk, school_id=None, classes=[C.NAME])
        actions.give_part(door, child.id, user_id=worker.pk, part=Part.WORKER, source="test:1")
        row = door.child(child.public_id)
    return Setting(
        tree=tree, child=row, worker=worker,
        colleague=make_staff("colleague", tree.town, Role.CASE_WORKER),
        office=make_staff("office", tree.town, Role.OFFICE),
    )  # fmt: skip


def opens(user: User, child: Child, at: datetime) -> bool:
    try:
        with enter(user, now=at, purpose=Purpose.CASE_WORK) as door:
            door.keys([child.pk], [C.SITUATION])
    except TurnedAway:
        return False
    return True


def waiting(user: User, at: datetime) -> dict[str, int]:
    posts = list_posts(user.pk, day_of(at))
    return {one.kind: one.number for one in todo.list_waiting({"vault": todo.SHOWN}, posts, now=at)}


def test_an_approved_reader_reads_until_the_days_are_over(setting: Setting) -> None:
    asked = actions.ask_to_read(
        setting.colleague, setting.child.public_id, reason=REASON, days=3, now=NOW
    )
    assert not opens(setting.colleague, setting.child, NOW)
    assert waiting(setting.office, NOW) == {"vault.request": 1}

    actions.decide(setting.office, asked.public_id, granted=True, now=NOW)

    assert opens(setting.colleague, setting.child, NOW + timedelta(days=2))
    assert not opens(setting.colleague, setting.child, NOW + timedelta(days=3))
    assert waiting(setting.office, NOW) == {}


def test_who_reads_by_leave_reads_for_its_purpose(setting: Setting) -> None:
    actions.break_glass(setting.colleague, setting.child.public_id, reason=REASON, now=NOW)
    assert opens(setting.colleague, setting.child, NOW)
    assert opens(setting.worker, setting.child, NOW)
    with keep("look"):
        purposes = dict(Reading.objects.values_list("user", "purpose"))
    assert purposes == {
        setting.colleague.pk: Purpose.BROKEN_GLASS, setting.worker.pk: Purpose.CASE_WORK,
    }  # fmt: skip


def test_a_declined_request_opens_nothing(setting: Setting) -> None:
    asked = actions.ask_to_read(
        setting.colleague, setting.child.public_id, reason=REASON, days=3, now=NOW
    )
    actions.decide(setting.office, asked.public_id, granted=False, now=NOW)
    assert not opens(setting.colleague, setting.child, NOW)
    with pytest.raises(RuleBroken, match="vault_decided_already"):
        actions.decide(setting.office, asked.public_id, granted=True, now=NOW)


def test_asked_twice_it_is_one_request(setting: Setting) -> None:
    first, second = (
        actions.ask_to_read(
            setting.colleague, setting.child.public_id, reason=REASON, days=3, now=NOW
        )
        for _ in range(2)
    )
    assert first.pk == second.pk


def test_a_broken_glass_opens_for_three_hours_and_is_told_next_morning(setting: Setting) -> None:
    """NOW is 19:00; the office is told at seven."""
    made = actions.break_glass(setting.colleague, setting.child.public_id, reason=REASON, now=NOW)
    again = actions.break_glass(
        setting.colleague, setting.child.public_id, reason=REASON, now=NOW + timedelta(hours=1)
    )
    assert made.pk == again.pk
    assert opens(setting.colleague, setting.child, NOW + timedelta(hours=2, minutes=59))
    assert not opens(setting.colleague, setting.child, NOW + timedelta(hours=3))

    assert waiting(setting.office, datetime(2023, 9, 18, 22, 59, tzinfo=UTC)) == {}
    morning = datetime(2023, 9, 18, 23, 0, tzinfo=UTC)
    assert waiting(setting.office, morning) == {"vault.glass": 1}
    with enter(setting.office, now=morning, purpose=Purpose.SUPERVISING) as door:
        (row,) = list_requests(door)
    assert (row.kind, row.reason, row.asked_by) == (Asking.GLASS, REASON, "colleague")

    actions.review(setting.office, made.public_id, verdict=Verdict.IN_ORDER, now=morning)
    assert waiting(setting.office, morning) == {}
    with pytest.raises(RuleBroken, match="vault_reviewed_already"):
        actions.review(setting.office, made.public_id, verdict=Verdict.ASKED_ABOUT, now=morning)


@pytest.mark.parametrize(
    ("reason", "days", "code"),
    [
        ("  急  ", 3, "vault_reason_missing"),
        ("长" * 501, 3, "vault_reason_long"),
        (REASON, 0, "vault_days"),
        (REASON, 15, "vault_days"),
    ],
)
def test_requests_that_say_nothing_or_too_much_are_refused(
    setting: Setting, reason: str, days: int, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        actions.ask_to_read(
            setting.colleague, setting.child.public_id, reason=reason, days=days, now=NOW
        )


GRANTED: dict[str, dict[str, object]] = {
    "erased at once": {"kind": Asking.ERASE, "granted": True},
    "open at once": {"kind": Asking.READ, "opens_until": NOW + timedelta(days=9)},
    "decided by another": {"kind": Asking.READ, "decided_at": NOW},
    "looked at already": {"kind": Asking.GLASS, "granted": True, "reviewed_at": NOW},
    "found in order": {"kind": Asking.GLASS, "granted": True, "verdict": Verdict.IN_ORDER},
}


@pytest.mark.parametrize("how", GRANTED)
def test_the_database_takes_no_request_that_comes_with_its_decision(
    setting: Setting, how: str
) -> None:
    """By night granted erasures are carried out: nobody grants them by writing one so."""
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        enter(setting.worker, now=NOW, purpose=Purpose.RIGHTS),
    ):
        Request.objects.create(
            child=setting.child, asked_by=setting.worker, asked_at=NOW, reason=b"", **GRANTED[how]
        )


def test_nobody_decides_the_own_request(setting: Setting) -> None:
    asked = actions.ask_to_read(
        setting.office, setting.child.public_id, reason=REASON, days=3, now=NOW
    )
    with pytest.raises(RuleBroken, match="vault_own_request"):
        actions.decide(setting.office, asked.public_id, granted=True, now=NOW)
    assert waiting(setting.office, NOW) == {}


def test_a_colleague_neither_sees_nor_decides_what_another_asked(setting: Setting) -> None:
    asked = actions.ask_to_read(
        setting.office, setting.child.public_id, reason=REASON, days=3, now=NOW
    )
    with pytest.raises(Http404):
        actions.decide(setting.colleague, asked.public_id, granted=True, now=NOW)


def test_somebody_who_does_not_see_the_child_asks_for_nothing(setting: Setting) -> None:
    far = make_staff("far", setting.tree.far_county, Role.OFFICE)
    with pytest.raises(Http404):
        actions.break_glass(far, setting.child.public_id, reason=REASON, now=NOW)


def test_the_reason_stands_sealed(setting: Setting) -> None:
    actions.break_glass(setting.colleague, setting.child.public_id, reason=REASON, now=NOW)
    with keep("look"):
        assert REASON.encode() not in bytes(Request.objects.get().reason)


def test_erasing_takes_the_workers_word_and_the_offices(setting: Setting) -> None:
    number = setting.child.public_id
    with pytest.raises(RuleBroken, match="vault_not_worker"):
        actions.ask_to_erase(
            setting.colleague, number, basis=Basis.GUARDIAN, reason=REASON, now=NOW
        )
    asked = actions.ask_to_erase(
        setting.worker, number, basis=Basis.GUARDIAN, reason=REASON, now=NOW
    )
    actions.decide(setting.office, asked.public_id, granted=True, now=NOW)

    assert keystore.fetch([number]) == {}
    with keep("look"):
        assert Child.objects.get().erased_at == NOW
        assert not Reach.objects.filter(ends_at=None).exists()


def test_a_closed_file_is_erased_on_two_peoples_word_and_not_opened_for_it(
    setting: Setting,
) -> None:
    """A case worker of the place asks, the office decides: the trail is that of an open file."""
    number = setting.child.public_id
    with enter(setting.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.close_file(door, setting.child.pk, why="grown_up")

    def ask(user: User) -> Request:
        return actions.ask_to_erase(user, number, basis=Basis.GUARDIAN, reason=REASON, now=NOW)

    with pytest.raises(RuleBroken, match="vault_not_worker"):
        ask(setting.office)
    asked = ask(setting.colleague)
    assert asked.pk == ask(setting.colleague).pk
    with pytest.raises(Http404):
        actions.decide(setting.worker, asked.public_id, granted=True, now=NOW)
    actions.decide(setting.office, asked.public_id, granted=True, now=NOW)

    with keep("look"):
        assert Child.objects.get().erased_at == NOW
    done = AuditEntry.objects.filter(action__startswith="vault.").values_list("action", "actor")
    assert list(done.order_by("pk"))[-3:] == [
        ("vault.asked_to_erase", "colleague"), ("vault.request_granted", "office"),
        ("vault.child_erased", "office"),
    ]  # fmt: skip
    assert "vault.file_open" not in {action for action, _ in done}


def test_an_older_backup_brings_nobody_back(setting: Setting) -> None:
    """The main database as it was before the erasure; the key store knows better."""
    number = setting.child.public_id
    actions.erase(setting.child.pk, basis="guardian", now=NOW, actor="system:test")
    with keep("restore an older backup"):
        Child.objects.update(erased_at=None)
        Reach.objects.update(ends_at=None)
        Tombstone.objects.all().delete()
    assert not opens(setting.worker, setting.child, NOW), "its key is gone"

    assert actions.replay(now=NOW, actor="system:test") == 1

    with keep("look"):
        assert Child.objects.get().erased_at == NOW
        assert Tombstone.objects.get().child == number
    assert actions.replay(now=NOW, actor="system:test") == 0


def test_an_older_key_store_gets_no_key_back(setting: Setting) -> None:
    number = setting.child.public_id
    actions.erase(setting.child.pk, basis="guardian", now=NOW, actor="system:test")
    _restore_key(number)

    actions.replay(now=NOW, actor="system:test")

    assert keystore.fetch([number]) == {}


def _restore_key(number: str) -> None:
    with keystore._connection() as store:
        store.execute("DELETE FROM vault_tombstone WHERE child = %s", [number])
    keystore.make(number, now=NOW)


def test_a_granted_erasure_that_broke_off_ends_by_night(setting: Setting) -> None:
    asked = actions.ask_to_erase(
        setting.worker, setting.child.public_id, basis=Basis.GUARDIAN, reason=REASON, now=NOW
    )
    with keep("the erasure broke off"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_request SET granted = true, decided_at = now(), decided_by_id = %s"
            " WHERE public_id = %s",
            [setting.office.pk, asked.public_id],
        )
    assert actions.carry_out_erasures(now=NOW, actor="system:vault") == 1
    assert keystore.fetch([setting.child.public_id]) == {}
    assert actions.carry_out_erasures(now=NOW, actor="system:vault") == 0


def test_why_somebody_asked_goes_with_the_child(setting: Setting) -> None:
    """A reason may name the child, and stands under the installation's key, not under the child's."""
    actions.break_glass(setting.colleague, setting.child.public_id, reason=REASON, now=NOW)
    waiting = actions.ask_to_read(
        setting.colleague, setting.child.public_id, reason=REASON, days=3, now=NOW
    )

    actions.erase(setting.child.pk, basis="child", now=NOW, actor="system:test")

    with enter(setting.office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        assert [row.reason for row in list_requests(door)] == ["", ""]
    with pytest.raises(RuleBroken) as told:
        actions.decide(setting.office, waiting.public_id, granted=True, now=NOW)
    assert told.value.code == "vault_decided_already"


def test_an_erasure_that_must_wait_holds_up_no_other(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried again the next night; whoever stands behind it in the list does not wait for it."""
    with enter(setting.worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        other = actions.admit(
            door, unit_id=setting.tree.village.pk, school_id=None, classes=[C.NAME]
        )
    with keep("grant both"):
        for number, child in enumerate((setting.child.pk, other.id)):
            Request.objects.create(
                child_id=child, kind=Asking.ERASE, basis=Basis.CHILD, granted=True, reason=b"",
                asked_by=setting.worker, asked_at=NOW, decided_by=setting.office,
                decided_at=NOW + timedelta(seconds=number),
            )  # fmt: skip

    def refuse(child: int, _now: datetime) -> int:
        if child == setting.child.pk:
            raise RuleBroken("vault_no_such_child")
        return 0

    monkeypatch.setitem(events._forgetting, "test", refuse)

    assert actions.carry_out_erasures(now=NOW, actor="system:test") == 1
    with keep("look"):
        assert list(Tombstone.objects.values_list("child", flat=True)) == [other.public_id]
        monkeypatch.delitem(events._forgetting, "test")
    assert actions.carry_out_erasures(now=NOW, actor="system:test") == 1


FRIENDS = {
    Part.HELPER: ("village", Role.HELPER),
    Part.COUNSELLOR: ("school", Role.COUNSELLOR),
    Part.READER: ("village", Role.HELPER),
}


@pytest.mark.parametrize("part", FRIENDS)
def test_a_part_alone_breaks_no_glass(setting: Setting, part: Part) -> None:
    """Who helps or counsels a child asks, or tells the worker; an emergency opens no file to them."""
    at, role = FRIENDS[part]
    friend = make_staff("friend", getattr(setting.tree, at), role)
    with enter(setting.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.give_part(door, setting.child.pk, user_id=friend.pk, part=part, source="test:2")

    with pytest.raises(RuleBroken) as told:
        actions.break_glass(friend, setting.child.public_id, reason=REASON, now=NOW)

    assert told.value.code == "vault_glass_not_yours"
    asked = actions.ask_to_read(friend, setting.child.public_id, reason=REASON, days=3, now=NOW)
    assert asked.granted is None


def test_the_schools_office_opens_a_pupils_file_in_an_emergency(setting: Setting) -> None:
    """It supervises the child by its school, and changes nothing about where it lives."""
    school = make_staff("school", setting.tree.school, Role.OFFICE)
    with keep("send to school"):
        Child.objects.filter(pk=setting.child.pk).update(school=setting.tree.school)

    made = actions.break_glass(school, setting.child.public_id, reason=REASON, now=NOW)

    assert made.granted
    assert opens(school, setting.child, NOW + timedelta(hours=1))
