"""Pages of visits: from the plan to what follows; a refusal keeps what was typed (SUP-2)."""

import pytest
from django.test import Client

from mingtian.supervision.models import FollowUp, Visit
from mingtian.supervision.tests.conftest import Week
from mingtian.supervision.tests.deeds import ENGLISH, read

MOST_QUERIES = 15

pytestmark = pytest.mark.usefixtures("english")


def test_a_visit_from_the_plan_to_what_follows(county: Client, week: Week) -> None:
    tree = week.evening.tree
    address = f"/desk/supervision/{tree.county.public_id}/visits"
    sent = {
        "school": tree.school.public_id, "kind": "helping", "role": "office",
        "on": f"{week.lecture.held_on}", "at": "15:00", "purpose": "帮老人登录",
    }  # fmt: skip

    assert "No. 1 Primary School" in read(county, f"{address}/new")
    county.post(f"{address}/new", sent)
    county.post(f"{address}/new", sent)
    visit = Visit.objects.get()
    own = f"/desk/supervision/visits/{visit.public_id}"
    county.post(f"{own}/findings", {"words": "网络旧"})
    county.post(
        f"{own}/follow-ups",
        {"words": "换网线", "owner": tree.county.public_id, "due_on": "2023-10-08"},
    )
    made = FollowUp.objects.get()
    assert "换网线" in read(county, own)
    assert "something is still to be done" in read(county, address)
    county.post(f"/desk/supervision/follow-ups/{made.public_id}/done")

    made.refresh_from_db()
    assert made.done_at is not None
    assert "2023-09-21 15:00" in read(county, address)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "comprehensive", "announced_on": ""}, "asks for a month&#x27;s notice"),
        ({"school": "far"}, "Choose a school of your own area."),
        ({"school": ""}, "Choose a school of your own area."),
        ({"purpose": ""}, "with what the school is to be helped".replace("with what the ", "")),
        ({"on": ""}, "Choose the day."),
    ],
)
def test_a_refused_plan_keeps_what_was_typed(
    county: Client, week: Week, changed: dict[str, str], told: str
) -> None:
    tree = week.evening.tree
    sent = {
        "school": tree.school.public_id, "kind": "helping", "role": "office", "on": "2023-10-08",
        "at": "15:00", "purpose": "帮老人登录",
    } | changed  # fmt: skip
    if changed.get("school") == "far":
        sent["school"] = tree.far_school.public_id

    reply = county.post(
        f"/desk/supervision/{tree.county.public_id}/visits/new", sent, headers=ENGLISH
    )

    assert reply.status_code == 422
    text = reply.content.decode()
    assert told in text
    assert 'value="15:00"' in text
    assert not Visit.objects.exists()
