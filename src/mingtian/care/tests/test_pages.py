"""Pages of cases: who sees names, who sees numbers, what is asked of PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.care import actions
from mingtian.care.models import Case, Plan, Report, Service, Ticket
from mingtian.care.tests.conftest import POINTS, TODAY, County
from mingtian.children.actions import withdraw_consent
from mingtian.children.queries import list_consents
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.testing.children import NAME, make_child
from mingtian.testing.make import NOW
from mingtian.vault.access import keep
from mingtian.vault.models import Reading

MOST_QUERIES = 15
Most = Callable[[int], AbstractContextManager[object]]

pytestmark = pytest.mark.usefixtures("english")


def read(client: Client, user: User, address: str, status: int = 200) -> str:
    client.force_login(user)
    reply = client.get(address)
    assert reply.status_code == status, reply.content.decode()[:600]
    return reply.content.decode()


def send(
    client: Client, user: User, address: str, sent: dict[str, object], status: int = 302
) -> str:
    client.force_login(user)
    reply = client.post(address, sent)
    assert reply.status_code == status, reply.content.decode()
    return reply.headers.get("Location", "") if status == 302 else reply.content.decode()


def test_a_case_from_the_register_to_its_plan(client: Client, county: County) -> None:
    opened = send(client, county.worker, f"/desk/care/children/{county.number}/open", {})
    text = read(client, county.worker, opened)
    again = client.get(f"/desk/care/children/{county.number}/open")
    assert again.headers["Location"] == opened, "a child with a case leads to it"
    assert NAME in text
    assert "Assess how the child is" in text
    read(client, county.worker, f"{opened}/assess")
    refused = send(client, county.worker, f"{opened}/assess", {"words": "与祖母同住"}, 422)
    assert "与祖母同住" in refused
    points = {f"points_{item}": number for item, number in POINTS.items()}
    send(
        client,
        county.worker,
        f"{opened}/assess",
        {**points, "words": "与祖母同住", "health": "哮喘"},
    )
    case = _case()
    plan = {
        "goal_study": "每晚读半小时", "agreed": "guardian", "agreed_on": TODAY,
        "review_on": TODAY + timedelta(days=60), "version": case.version,
    }  # fmt: skip
    assert "每晚读半小时" not in read(client, county.worker, f"{opened}/plan")
    send(client, county.worker, f"{opened}/plan", plan)
    text = read(client, county.worker, opened)
    assert "每晚读半小时" in text
    assert "与祖母同住" in text
    assert "哮喘" in text

    text = read(client, county.town, opened)
    for secret in (NAME, "每晚读半小时", "与祖母同住", "哮喘", NAME[1:]):
        assert secret not in text
    assert "Study and life" in text
    with keep("look"):
        own = Plan.objects.get().public_id
    send(client, county.town, f"/desk/care/plans/{own}/approve", {})
    assert "Plan approved" in read(client, county.worker, opened)
    read(client, county.far_worker, opened, 404)
    read(client, county.counsellor, opened, 404)


def test_two_people_at_one_plan_see_both_texts(client: Client, county: County) -> None:
    case = county.planned()
    address = f"/desk/care/cases/{case.public_id}/plan"
    version = county.fresh(case).version
    sent = {
        "goal_study": "我的目标", "agreed": "guardian", "agreed_on": TODAY,
        "review_on": TODAY + timedelta(days=60), "version": version,
    }  # fmt: skip
    send(client, county.worker, address, {**sent, "goal_study": "别人的目标"})
    text = send(client, county.worker, address, sent, 422)
    assert "别人的目标" in text
    assert "我的目标" in text
    assert "Somebody else changed this case" in text
    now = county.fresh(case).version
    assert f'name="version" value="{now}"' in text
    send(client, county.worker, address, {**sent, "version": now})


def test_a_page_that_is_sent_twice_makes_one_thing(client: Client, county: County) -> None:
    case = county.planned()
    sent = {
        "kind": "schooling", "area": "study", "due_on": TODAY + timedelta(days=5),
        "words": "找老师辅导", "key": "0123456789ab",
    }  # fmt: skip
    for _ in range(2):
        send(client, county.worker, f"/desk/care/cases/{case.public_id}/services/new", sent)
    with keep("look"):
        own = Service.objects.get()
    text = read(client, county.worker, f"/desk/care/cases/{case.public_id}")
    assert "找老师辅导" in text
    assert "due within 7 days" in text
    read(client, county.worker, f"/desk/care/services/{own.public_id}/done")
    done = {"outcome": "done", "done_on": TODAY, "words": "办好了"}
    send(client, county.worker, f"/desk/care/services/{own.public_id}/done", done)
    assert "办好了" in read(client, county.worker, f"/desk/care/cases/{case.public_id}")
    assert "办好了" not in read(client, county.town, f"/desk/care/cases/{case.public_id}")


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("review", {"held_on": TODAY, "outcome": "go_on", "next_on": TODAY, "words": "好些了"}),
        ("milestone", {"kind": "applied", "on": TODAY}),
        ("contact", {"way": "video", "on": TODAY}),
        ("liaison", {"kind": "home_visit", "held_on": TODAY, "reached": "yes", "words": "家访"}),
        ("watch", {"since": TODAY}),
        ("close", {"reason": "of_age"}),
    ],
)
def test_every_page_of_a_case_is_shown_and_kept(
    client: Client, county: County, page: str, sent: dict[str, object]
) -> None:
    case = county.planned()
    address = f"/desk/care/cases/{case.public_id}/{page}"
    text = read(client, county.worker, address)
    assert "Report harm or danger" in text
    read(client, county.town, address, 404)
    send(client, county.worker, address, {}, 422 if page != "watch" else 302)
    send(client, county.worker, address, {**sent, "version": county.fresh(case).version})


def test_a_case_changes_hands_on_pages(client: Client, county: County) -> None:
    case = county.planned()
    address = f"/desk/care/cases/{case.public_id}"
    assert "town-worker" in read(client, county.worker, f"{address}/hand-over")
    send(client, county.worker, f"{address}/hand-over", {"user": county.far_worker.pk}, 422)
    send(client, county.worker, f"{address}/hand-over", {"user": county.town_worker.pk})
    text = read(client, county.town_worker, "/desk/care/")
    assert "Do you take these cases over?" in text
    assert NAME not in text
    text = read(client, county.town_worker, address)
    assert NAME not in text
    with keep("look"):
        from mingtian.care.models import Transfer

        asked = Transfer.objects.get().public_id
    send(client, county.town_worker, f"/desk/care/transfers/{asked}/accept", {})
    assert NAME in read(client, county.town_worker, address)
    text = read(client, county.worker, address)
    assert NAME not in text, "whoever handed over sees the number like the rest of the village"
    read(client, county.worker, f"{address}/assess", 404)


def test_a_report_of_duty_is_two_taps_from_every_page(client: Client, county: County) -> None:
    case = county.open()
    duty = f"/desk/care/children/{county.number}/duty"
    assert duty in read(client, county.worker, f"/desk/care/cases/{case.public_id}")
    read(client, county.worker, duty)
    assert "Choose whom you told" in send(client, county.worker, duty, {"words": "有伤"}, 422)
    there = send(client, county.worker, duty, {"told": ["police", "education"], "words": "有伤"})
    text = read(client, county.worker, there)
    assert "Education authority, Police" in text
    assert "有伤" in text
    text = read(client, county.county, "/desk/care/")
    assert "worker told: Education authority, Police" in text
    text = read(client, county.county, there)
    assert "有伤" not in text
    send(client, county.county, f"{there}/seen", {})
    with keep("look"):
        assert Report.objects.count() == 1
    read(client, county.far_worker, there, 404)


def test_today_without_an_hour_is_just_now(client: Client, county: County) -> None:
    duty = f"/desk/care/children/{county.number}/duty"
    sent = {"told": ["police"], "told_on": TODAY}
    there = send(client, county.worker, duty, sent)
    assert f"{TODAY} 19:00" in read(client, county.worker, there), "not noon"
    sent = {"told": ["police"], "told_time": "07:15"}
    there = send(client, county.worker, duty, sent)
    assert f"{TODAY} 07:15" in read(client, county.worker, there), "an hour alone is today's"


def test_the_page_of_a_case_leads_on_from_step_to_step(client: Client, county: County) -> None:
    case = county.open()
    address = f"/desk/care/cases/{case.public_id}"

    def leads_to(step: str) -> bool:
        return f"Next: {step}" in " ".join(read(client, county.worker, address).split())

    assert leads_to("Assess how the child is")
    county.assess(case)
    assert leads_to("Write the plan")
    plan = county.plan(case)
    assert not leads_to("")
    county.act(county.town, case, actions.return_plan, plan)
    assert leads_to("Change the plan")
    county.plan(case)
    county.approve(case)
    assert leads_to("Note something to do")
    looked = actions.Looked(held_on=TODAY, outcome="close", words="好了")
    county.act(county.worker, case, actions.hold_review, looked)
    assert leads_to("Close the case")
    assert "Next:" not in read(client, county.town, address)


def test_days_are_those_of_the_place(client: Client, county: County) -> None:
    early = NOW.replace(hour=22) - timedelta(days=1)
    case = county.open(now=early)
    county.assess(case, now=early)
    text = read(client, county.worker, f"/desk/care/cases/{case.public_id}")
    assert (day_of(early), early.date()) == (TODAY, TODAY - timedelta(days=1))
    assert str(early.date()) not in text


def test_a_case_without_consent_says_so_before_anything_is_typed(
    client: Client, county: County
) -> None:
    case = county.open()
    address = f"/desk/care/cases/{case.public_id}"
    assert "Nobody has agreed to case work" not in read(client, county.worker, address)
    with county.enter(county.worker) as door:
        for consent in list_consents(county.child):
            withdraw_consent(door, county.child, consent.public_id)
    assert "Nobody has agreed to case work" in read(client, county.worker, address)
    assert "Nobody has agreed to case work" not in read(client, county.town, address)


def test_a_problem_is_answered_without_a_name(client: Client, county: County) -> None:
    county.open()
    address = f"/desk/care/children/{county.number}/problem"
    read(client, county.worker, address)
    sent: dict[str, object] = {"topic": "school", "words": f"{NAME}没有书包"}
    assert "without knowing who the child is" in send(client, county.worker, address, sent, 422)
    there = send(client, county.worker, address, {"topic": "school", "words": "没有书包"})
    text = read(client, county.town, there)
    assert "没有书包" in text
    assert NAME not in text
    send(client, county.worker, f"{there}/answer", {"words": "自己答"}, 404)
    send(client, county.town, f"{there}/answer", {"words": ""}, 422)
    send(client, county.town, f"{there}/answer", {"words": "明天送到"})
    assert "明天送到" in read(client, county.worker, there)
    send(client, county.worker, f"{there}/close", {})
    with keep("look"):
        assert Ticket.objects.get().closed_at is not None


def test_a_counsellor_sees_the_name_and_the_own_talks(client: Client, county: County) -> None:
    case = county.open()
    address = f"/desk/care/cases/{case.public_id}"
    read(client, county.worker, f"{address}/counsellor")
    send(client, county.worker, f"{address}/counsellor", {"user": county.counsellor.pk})
    child = f"/desk/care/children/{county.number}"
    assert NAME in read(client, county.counsellor, "/desk/care/")
    text = read(client, county.counsellor, child)
    assert "Note a talk" in text
    assert "Note the consent" not in text, "the guardian has agreed"
    with county.enter(county.worker) as door:
        for consent in list_consents(county.child):
            withdraw_consent(door, county.child, consent.public_id)
    assert "Note the consent" in read(client, county.counsellor, child)
    assert "counsellor may talk with the child" in read(
        client, county.counsellor, f"{child}/consent"
    )
    agreed = {"party": "child", "way": "spoken", "given_on": TODAY}
    assert "From 14 the child agrees itself" in send(
        client, county.counsellor, f"{child}/consent", agreed, 422
    )
    send(client, county.counsellor, f"{child}/consent", {**agreed, "party": "guardian"})
    read(client, county.counsellor, f"{child}/talks/new")
    sent = {"kind": "one_to_one", "held_on": TODAY, "words": "他说想妈妈"}
    send(client, county.counsellor, f"{child}/talks/new", sent)
    with keep("look"):
        from mingtian.care.models import Talk

        talk = Talk.objects.get().public_id
    assert "他说想妈妈" in read(client, county.counsellor, f"/desk/care/talks/{talk}")
    for other in (county.worker, county.town, county.county):
        read(client, other, f"/desk/care/talks/{talk}", 404)
    text = read(client, county.worker, address)
    assert "Talk, one to one" in text
    assert "他说想妈妈" not in text
    read(client, county.counsellor, f"{child}/truancy")
    send(client, county.counsellor, f"{child}/truancy", {"held_on": TODAY, "reached": "yes"})
    assert "Asked why the child stays away" in read(client, county.worker, address)
    read(client, county.worker, child, 404)


def test_the_list_shows_no_name_and_counts_what_it_shows(client: Client, county: County) -> None:
    case = county.planned(watched=True)
    text = read(client, county.county, "/desk/care/cases")
    assert case.number in text
    assert NAME not in text
    assert "Left-behind" in text or "left-behind" in text.lower()
    for show in ("overdue", "silent", "plan", "pressing", "closed"):
        assert case.number not in read(client, county.county, f"/desk/care/cases?show={show}")
    read(client, county.county, "/desk/care/cases?show=all", 404)
    read(client, county.counsellor, "/desk/care/cases", 404)
    client.force_login(county.county)
    for form in ("csv", "xlsx"):
        assert client.get(f"/desk/care/cases.{form}").status_code == 200
    file = client.get("/desk/care/cases.csv").content.decode("utf-8-sig")
    assert case.number in file
    assert NAME not in file


def test_pages_ask_as_often_for_many_as_for_one(
    client: Client, county: County, django_assert_max_num_queries: Most
) -> None:
    case = county.planned(watched=True)
    pages = [
        (county.worker, "/desk/care/"),
        (county.county, "/desk/care/"),
        (county.county, "/desk/care/cases"),
        (county.worker, f"/desk/care/cases/{case.public_id}"),
        (county.county, f"/desk/care/cases/{case.public_id}"),
        (county.worker, f"/desk/care/cases/{case.public_id}/plan"),
        (county.worker, f"/desk/care/cases/{case.public_id}/assess"),
    ]
    for user, address in pages:
        client.force_login(user)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200
    for number in range(4):
        more = make_child(
            county.worker, county.tree.village, county.tree.school, name=f"林小满{'一二三四'[number]}",
            consents=(ConsentPurpose.CASE_WORK,),
        )  # fmt: skip
        other = County(**{**county.__dict__, "child": more.id, "number": more.public_id})
        other.service(other.planned())
        county.service(case)
    for user, address in pages:
        client.force_login(user)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


def test_every_name_shown_is_noted(client: Client, county: County) -> None:
    case = county.open()
    with keep("look"):
        before = Reading.objects.count()
    read(client, county.worker, f"/desk/care/cases/{case.public_id}")
    with keep("look"):
        assert Reading.objects.count() == before + 2, "the texts and the name"


def _case() -> Case:
    with keep("look"):
        return Case.objects.get()
