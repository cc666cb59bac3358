"""What the tests of supervision do: ask for help, do several things at once, read pages."""

import threading
from collections.abc import Callable

from django.db import connection
from django.test import Client

from mingtian.core.errors import RuleBroken
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.supervision.actions import Problem, open_ticket
from mingtian.supervision.models import Ticket
from mingtian.supervision.tests.conftest import Week

ENGLISH = {"accept-language": "en"}


def ask(week: Week, key: str = "", words: str = "进不去") -> Ticket:
    tree = week.evening.tree
    by = week.actor("principal", tree.school, Role.PRINCIPAL)
    return open_ticket(
        about_id=tree.school.pk, office_id=tree.county.pk, lecture_id=week.lecture.pk,
        problem=Problem(cause="access", words=words, key=key), by=by, now=week.at(5),
    )  # fmt: skip


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Do these at the same moment, each on a connection of its own; return code or "done"."""
    gate = threading.Barrier(len(calls))
    ends: list[str] = []

    def run(call: Callable[[], object]) -> None:
        gate.wait(10)
        try:
            call()
            ends.append("done")
        except RuleBroken as refusal:
            ends.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in calls]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return sorted(ends)


def page(week: Week, unit: Unit, more: str = "") -> str:
    return f"/desk/supervision/{week.lecture.pk}/{unit.public_id}{more}"


def read(client: Client, address: str, status: int = 200) -> str:
    reply = client.get(address, headers=ENGLISH)
    assert reply.status_code == status
    return reply.content.decode()
