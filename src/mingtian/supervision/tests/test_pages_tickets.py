"""Pages of tickets: who asks, who answers, nobody's class above the school (STA-4)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from mingtian.org.rules import Role
from mingtian.supervision.models import Ticket
from mingtian.supervision.tests.conftest import Week
from mingtian.supervision.tests.deeds import ENGLISH, page, read
from mingtian.testing.cast import Cast

MOST_QUERIES = 15

pytestmark = pytest.mark.usefixtures("english")


def test_a_class_teacher_asks_for_help_on_a_phone(
    client: Client, week: Week, cast: Cast, now: datetime
) -> None:
    tree = week.evening.tree
    client.force_login(cast.teacher)
    address = f"/desk/supervision/{tree.class_one.public_id}/ask"

    text = read(client, address)
    assert "It goes to No. 1 Primary School." in text
    refused = client.post(address, {"words": "进不去"}, headers=ENGLISH)
    assert refused.status_code == 422
    assert "进不去" in refused.content.decode()
    sent = {"cause": "access", "words": "进不去", "key": "0123456789ab"}
    first, second = client.post(address, sent), client.post(address, sent)

    ticket = Ticket.objects.get()
    assert (
        first["Location"] == second["Location"] == f"/desk/supervision/tickets/{ticket.public_id}"
    )
    assert (ticket.about, ticket.office, ticket.lecture) == (
        tree.class_one, tree.school, week.lecture,
    )  # fmt: skip
    assert "The answer will appear here" in read(client, first["Location"])
    assert "进不去" in read(client, page(week, tree.class_one))


def test_an_office_that_is_told_by_telephone_notes_it(county: Client, week: Week) -> None:
    tree = week.evening.tree
    address = f"/desk/supervision/{tree.school.public_id}/ask"

    assert "Note that they need help" in read(county, page(week, tree.school))
    county.post(address, {"cause": "network", "words": "断网"})

    ticket = Ticket.objects.get()
    assert (ticket.about, ticket.office) == (tree.school, tree.county)
    read(county, f"/desk/supervision/{tree.far_school.public_id}/ask", 404)
    read(county, f"/desk/supervision/{tree.class_one.public_id}/ask", 404)


def test_above_the_school_no_class_is_named(
    client: Client, county: Client, week: Week, cast: Cast
) -> None:
    tree = week.evening.tree
    ticket = Ticket.objects.create(
        about=tree.class_one, office=tree.school, cause="sound", words="没有声音",
        opened_at=week.over, lecture=week.lecture,
    )  # fmt: skip
    addresses = [f"/desk/supervision/tickets/{ticket.public_id}", page(week, tree.school)]

    for address in addresses:
        text = read(county, address)
        assert "没有声音" in text
        assert "Class 1" not in text
    export = county.get(page(week, tree.school, "/tickets.csv"), headers=ENGLISH)
    assert "Class 1" not in export.content.decode("utf-8-sig")

    client.force_login(cast.principal)
    for address in addresses:
        assert "Class 1" in read(client, address)


def test_an_answer_an_outcome_and_the_end_of_a_ticket(county: Client, week: Week) -> None:
    tree = week.evening.tree
    ticket = Ticket.objects.create(
        about=tree.school, office=tree.county, cause="code", words="码打不开",
        opened_at=week.over - timedelta(minutes=72), lecture=week.lecture,
    )  # fmt: skip
    address = f"/desk/supervision/tickets/{ticket.public_id}"

    assert "Your answer" in read(county, address)
    assert county.post(f"{address}/answer", {"words": ""}).status_code == 422
    county.post(f"{address}/answer", {"words": "重新扫码"})
    assert "first answer after 1 h 12 min" in read(county, address)
    late = county.post(f"{address}/answer", {"words": "再扫"}, headers=ENGLISH)
    assert late.status_code == 422
    assert "This has an answer already" in late.content.decode()
    county.post(f"{address}/solve")
    county.post(f"{address}/close")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.answer) == ("closed", "重新扫码")
    assert "1 h 12 min" in read(county, page(week, tree.county))


def test_a_school_passes_a_ticket_up_and_sees_who_holds_it_now(
    client: Client, week: Week, cast: Cast, now: datetime
) -> None:
    tree = week.evening.tree
    ticket = Ticket.objects.create(
        about=tree.class_one, office=tree.school, cause="network", words="全校断网",
        opened_at=now - timedelta(minutes=20), lecture=week.lecture,
    )  # fmt: skip
    address = f"/desk/supervision/tickets/{ticket.public_id}"
    county = week.person("county", tree.county, Role.OFFICE)
    week.person("city", tree.city, Role.OFFICE)
    client.force_login(cast.principal)

    assert "Pass it up to Anping County" in read(client, address)
    refused = client.post(f"{address}/pass-up", {"words": " "}, headers=ENGLISH)
    assert refused.status_code == 422
    assert "Say it in a few words" in refused.content.decode()
    client.post(f"{address}/pass-up", {"words": "学校解决不了"})
    text = read(client, address)
    assert "With Anping County since" in text
    assert "学校解决不了" in text
    assert "Pass it up" not in text
    again = client.post(f"{address}/pass-up", {"words": "再报"}, headers=ENGLISH)
    assert again.status_code == 422
    assert "passed up meanwhile" in again.content.decode()
    assert "with Anping County since" in read(client, page(week, tree.school))

    client.force_login(county)
    text = read(client, address)
    assert "Class 1" not in text
    assert "Your answer" in text
    assert "Pass it up to" in text
    assert "Class 1" not in read(client, page(week, tree.county))
    assert "全校断网" in read(client, page(week, tree.county))
