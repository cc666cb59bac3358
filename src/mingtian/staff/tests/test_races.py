"""Two who press together: one invitation is used once, one post handed over once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from mingtian.core.errors import RuleBroken
from mingtian.org.models import Post
from mingtian.org.rules import Role
from mingtian.staff.actions import (
    HandoverSpec,
    Newcomer,
    accept_as_newcomer,
    count_failure,
    hand_over,
    invite,
)
from mingtian.staff.models import Attempt, Handover
from mingtian.staff.rules import Tries
from mingtian.staff.tests.conftest import offer
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW, make_tree

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works: Callable[[], object]) -> list[str]:
    """Run each on a connection of its own, all at once; return refusals or "done"."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            barrier.wait()
            work()
        except RuleBroken as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def test_of_two_who_accept_together_one_gets_the_post() -> None:
    tree = make_tree()
    principal = make_staff("principal", tree.school, Role.PRINCIPAL)
    made = invite(
        spec=offer(tree.class_one, Role.CLASS_TEACHER), inviter=principal, actor="principal",
        now=NOW,
    )  # fmt: skip

    def accept(name: str) -> Callable[[], object]:
        newcomer = Newcomer(username=name, password="rain-on-the-roof")
        return lambda: accept_as_newcomer(
            secret=made.secret, word=made.word, newcomer=newcomer, now=NOW
        )

    assert together(accept("first"), accept("second")) == ["done", "invitation_used"]
    assert Post.objects.filter(unit=tree.class_one).count() == 1
    assert User.objects.exclude(username="principal").count() == 1


def test_of_two_hand_overs_together_one_is_done() -> None:
    tree = make_tree()
    principal = make_staff("principal", tree.school, Role.PRINCIPAL)
    teacher = make_staff("teacher", tree.class_one, Role.CLASS_TEACHER)
    one, other = (make_staff(name, tree.class_two, Role.CLASS_TEACHER) for name in ("one", "other"))
    post = Post.objects.get(user=teacher)

    def pass_to(successor: User) -> Callable[[], object]:
        return lambda: hand_over(
            spec=HandoverSpec(post=post, on=DAY, successor=successor), by=principal, now=NOW
        )

    assert together(pass_to(one), pass_to(other)) == ["done", "handed_over_already"]
    assert Handover.objects.count() == 1


def test_failures_of_several_processes_are_all_counted() -> None:
    tries = {Tries.NAME_AND_PLACE: "office|192.0.2.1"}

    together(*[lambda: count_failure(tries, now=NOW) for _ in range(4)])

    assert Attempt.objects.get().failures == 4
