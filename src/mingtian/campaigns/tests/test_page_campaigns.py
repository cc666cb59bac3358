"""Campaigns at the desk: plan, be told what is missing, open, issue codes, close."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mingtian.campaigns import actions
from mingtian.campaigns.models import Broadcast, Campaign, Denominator
from mingtian.campaigns.rules import Refusal
from mingtian.campaigns.tests.conftest import MANDATE, TITLES, Ground
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import ACTOR, DAY, NOW

pytestmark = pytest.mark.usefixtures("at_seven")

LIST = reverse("campaigns:campaign-list")
NEW = reverse("campaigns:campaign-new")
VERBS = ["change", "mandate", "plan", "lectures", "open", "close", "codes"]


def address(ground: Ground, page: str = "") -> str:
    url = reverse("campaigns:campaign-detail", args=[ground.campaign.public_id])
    return f"{url}/{page}" if page else url


def sign_in(client: Client, user: User) -> Client:
    client.force_login(user)
    client.cookies["lang"] = "en"
    return client


def text(reply: Any, status: int = 200) -> str:
    assert reply.status_code == status
    return str(reply.content.decode())


def typed(ground: Ground, **changes: Any) -> dict[str, Any]:
    return {
        "name": "冬季法治大讲堂",
        "name_en": "Winter lectures",
        "scope": ground.tree.city.public_id,
        "first_on": "2023-12-01",
        "last_on": "2023-12-04",
        "kinds": ["1", "2", "3"],
        "needed_slots": "45",
        "replay_on": "2023-12-20",
    } | changes


def test_the_office_founds_a_campaign(client: Client, bare: Ground) -> None:
    sign_in(client, bare.cast.office)

    reply = client.post(NEW, typed(bare))

    made = Campaign.objects.get(name="冬季法治大讲堂")
    assert reply.headers["Location"].endswith(made.public_id)
    assert (made.state, made.kinds, made.needed_slots) == ("draft", [1, 2, 3], 45)
    assert made.replay_until is not None
    assert made.replay_until.isoformat() == "2023-12-20T15:59:59+00:00"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"last_on": "2023-11-01"}, "The last day lies before the first"),
        ({"kinds": []}, "This field is required"),
        ({"needed_slots": "61"}, "less than or equal to 60"),
        ({"scope": "elsewhere000"}, "Select a valid choice"),
        ({"first_on": "nonsense"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_meant_is_shown_at_its_field(
    client: Client, bare: Ground, change: dict[str, Any], said: str
) -> None:
    sign_in(client, bare.cast.office)

    page = text(client.post(NEW, typed(bare, **change)))

    assert said in page
    assert "Winter lectures" in page
    assert not Campaign.objects.filter(name="冬季法治大讲堂").exists()


def test_only_offices_found_campaigns(client: Client, bare: Ground) -> None:
    for user in (bare.cast.principal, bare.cast.teacher, bare.cast.outsider):
        sign_in(client, user)
        assert client.get(NEW).status_code == 404
        assert client.post(NEW, typed(bare)).status_code == 404


def test_an_office_founds_no_campaign_above_itself(client: Client, bare: Ground) -> None:
    county = make_staff("county", bare.tree.county, Role.OFFICE)
    sign_in(client, county)

    page = text(client.post(NEW, typed(bare)))

    assert "Select a valid choice" in page
    assert "Anping County" in page


def test_the_list_shows_what_stands_above_and_below(client: Client, running: Ground) -> None:
    for user in (running.cast.office, running.cast.principal, running.cast.teacher):
        assert "Care for tomorrow" in text(sign_in(client, user).get(LIST))


def test_an_empty_list_says_what_to_do_first(client: Client, bare: Ground) -> None:
    bare.campaign.delete()

    assert "Create one, plan its evenings" in text(sign_in(client, bare.cast.office).get(LIST))
    assert "as soon as an office" in text(sign_in(client, bare.cast.teacher).get(LIST))


def test_a_bare_draft_tells_everything_that_is_missing(client: Client, bare: Ground) -> None:
    page = text(sign_in(client, bare.cast.office).get(address(bare)))

    assert page.count("The mandate is not complete.") == 2
    assert page.count("No lecture is planned. Plan at least one.") == 2


def test_opening_too_early_is_refused_on_the_page(client: Client, bare: Ground) -> None:
    sign_in(client, bare.cast.office)

    page = text(client.post(address(bare, "open")), 422)

    assert "Not opened" in page
    bare.campaign.refresh_from_db()
    assert bare.campaign.state == "draft"


def test_from_draft_to_codes_by_forms_alone(client: Client, planned: Ground) -> None:
    sign_in(client, planned.cast.office)
    for _title in TITLES:
        client.post(address(planned, "lectures/1/remove"))
    lines = "\n".join(" | ".join(pair) for pair in TITLES)
    plan = {"start": "20:00", "minutes": "60", "titles": lines}
    mandate = {
        "issuer": "省关工委",
        "issuer_en": "Provincial Care Committee",
        "symbol": "黑关工委",
        "year": "2023",
        "number": "20",
        "issued_on": "2023-09-01",
    }

    assert client.post(address(planned, "mandate"), mandate).status_code == 302
    assert client.post(address(planned, "plan"), plan).status_code == 302
    assert "Everything is there" in text(client.get(address(planned)))
    assert client.post(address(planned, "open")).status_code == 302
    assert client.post(address(planned, "codes")).status_code == 302

    page = text(client.get(address(planned)))
    planned.campaign.refresh_from_db()
    assert planned.campaign.state == "open"
    assert planned.campaign.codes.count() == 7
    assert "Provincial Care Committee" in page
    assert "黑关工委〔2023〕20号" in page
    assert "The law grows up with me" in page
    assert "7 codes were issued." in page


def test_wrong_titles_are_told_at_their_field(client: Client, bare: Ground) -> None:
    sign_in(client, bare.cast.office)
    plan = {"start": "20:00", "minutes": "60", "titles": "只有一个题目"}

    page = text(client.post(address(bare, "plan"), plan), 422)

    assert "There are 1 titles for 8 days." in page
    assert "只有一个题目" in page


def test_a_single_lecture_is_added_and_told_when_it_cannot_be(client: Client, bare: Ground) -> None:
    sign_in(client, bare.cast.office)
    lecture = {"title": "一讲", "title_en": "", "day": "2023-09-19", "start": "20:00"}

    assert "greater than or equal to 1" in text(
        client.post(address(bare, "lectures"), {**lecture, "minutes": "0"}), 422
    )
    assert client.post(address(bare, "lectures"), {**lecture, "minutes": "60"}).status_code == 302
    assert bare.campaign.lectures.get().held_on == DAY + timedelta(days=1)


def test_a_draft_is_changed_by_its_form(client: Client, bare: Ground) -> None:
    sign_in(client, bare.cast.office)

    assert "Care for tomorrow" in text(client.get(address(bare, "change")))
    assert client.post(address(bare, "change"), typed(bare)).status_code == 302

    bare.campaign.refresh_from_db()
    assert bare.campaign.name_en == "Winter lectures"


def test_an_open_campaign_shows_no_forms_and_refuses_them(client: Client, running: Ground) -> None:
    sign_in(client, running.cast.office)
    mandate = {"issuer": "某", "year": "2023", "number": "1", "issued_on": "2023-09-01"}

    page = text(client.get(address(running)))
    refused = text(client.post(address(running, "mandate"), mandate), 409)

    assert "Save the mandate" not in page
    assert "its plan no longer changes" in refused


def test_the_office_closes_it(client: Client, running: Ground) -> None:
    sign_in(client, running.cast.office)

    client.post(address(running, "close"))

    running.campaign.refresh_from_db()
    assert running.campaign.state == "closed"
    assert "Closed" in text(client.get(address(running)))


def test_those_below_see_it_without_buttons(client: Client, running: Ground) -> None:
    for user in (running.cast.principal, running.cast.teacher):
        page = text(sign_in(client, user).get(address(running)))
        assert "岚关工委〔2023〕20号" in page
        assert "Issue missing codes" not in page


def test_those_below_are_told_the_numbers_of_their_own_unit_alone(
    client: Client, running: Ground
) -> None:
    """The city's sum stands on the city's board, which a class teacher does not open either."""
    Denominator.objects.filter(campaign=running.campaign).delete()
    for unit, persons in ((running.tree.class_one, 41), (running.tree.far_class, 4_321)):
        Denominator.objects.create(campaign=running.campaign, unit=unit, kind=1, persons=persons)

    office = sign_in(client, running.cast.office).get(address(running))
    teacher = sign_in(client, running.cast.teacher).get(address(running))

    assert "4,362" in text(office)
    assert "41" in text(teacher)
    assert "Who is expected · Class 1" in " ".join(text(teacher).split())
    assert [each.units for each in teacher.context["invited"]] == [1]
    assert "4,362" not in text(teacher)


def test_directors_and_clerks_see_the_plan_and_its_phrases_and_change_nothing(
    client: Client, running: Ground
) -> None:
    for role in (Role.DIRECTOR, Role.CLERK):
        user = make_staff(role.value, running.tree.city, role)

        page = text(sign_in(client, user).get(address(running)))

        assert "Prepared phrases" in page
        assert "Close the campaign" not in page


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["principal", "teacher", "outsider"])
def test_only_the_office_changes_it(client: Client, planned: Ground, verb: str, who: str) -> None:
    sign_in(client, getattr(planned.cast, who))

    assert client.post(address(planned, verb)).status_code == 404


@pytest.mark.parametrize("verb", VERBS[1:])
def test_changes_are_posted(client: Client, planned: Ground, verb: str) -> None:
    sign_in(client, planned.cast.office)

    assert client.get(address(planned, verb)).status_code == 405


def test_a_campaign_elsewhere_looks_like_none(client: Client, bare: Ground) -> None:
    spec = actions.CampaignSpec(
        name="别处", scope_id=bare.tree.county.pk, first_on=DAY, last_on=DAY
    )
    elsewhere = actions.create_campaign(spec=spec, actor=ACTOR, now=NOW)
    sign_in(client, bare.cast.outsider)

    for public_id in (elsewhere.public_id, "nowhere00000"):
        url = reverse("campaigns:campaign-detail", args=[public_id])
        assert client.get(url).status_code == 404
    assert "别处" not in text(client.get(LIST))


def test_without_sign_in_the_desk_asks_for_it(client: Client, bare: Ground) -> None:
    for url in (LIST, NEW, address(bare)):
        assert client.get(url).status_code == 302


# --- What is shown ------------------------------------------------------------


def make_broadcast(state: str = "ready", **values: Any) -> Broadcast:
    return Broadcast.objects.create(title="第一讲 录像", state=state, **values)


def test_a_recording_is_chosen_and_taken_back(client: Client, running: Ground) -> None:
    sign_in(client, running.cast.office)
    recording = make_broadcast("preparing", progress=42)
    url = address(running, "lectures/1/broadcast")

    client.post(url, {"broadcast": recording.public_id})
    assert running.campaign.lectures.get(number=1).broadcast == recording
    assert "42%" in text(client.get(address(running)))

    client.post(url, {"broadcast": ""})
    assert running.campaign.lectures.get(number=1).broadcast is None


def test_a_failed_recording_says_why(client: Client, running: Ground) -> None:
    failed = make_broadcast("failed", failure="recording_no_picture")
    running.campaign.lectures.filter(number=1).update(broadcast=failed)

    assert "sound but no picture" in text(
        sign_in(client, running.cast.office).get(address(running))
    )


def test_what_cannot_be_shown_is_refused(running: Ground) -> None:
    failed = make_broadcast("failed")

    for public_id in (failed.public_id, "nowhere00000"):
        with pytest.raises(RuleBroken, match=Refusal.BROADCAST_UNKNOWN):
            running.act("choose_broadcast", number=1, broadcast=public_id)
    with pytest.raises(RuleBroken, match=Refusal.LECTURE_UNKNOWN):
        running.act("choose_broadcast", number=9, broadcast="")
    running.act("close_campaign")
    with pytest.raises(RuleBroken, match=Refusal.ALREADY_CLOSED):
        running.act("choose_broadcast", number=1, broadcast="")


def test_a_title_beyond_the_column_is_refused(bare: Ground) -> None:
    with pytest.raises(RuleBroken, match=Refusal.TITLE_TOO_LONG):
        bare.act(
            "add_lecture",
            lecture=actions.LectureSpec(
                day=DAY, start=NOW.time(), length=timedelta(hours=1), title="长" * 161
            ),
        )


def test_the_page_costs_few_queries(
    client: Client, running: Ground, django_assert_max_num_queries: object
) -> None:
    sign_in(client, running.cast.office)
    assert running.campaign.mandate_issuer == MANDATE.issuer

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(address(running))


def test_the_office_reads_on_which_day_names_go(client: Client, running: Ground) -> None:
    """PIPL 19: the promise of the notice has a day on the page."""
    sign_in(client, running.cast.office)
    last = running.campaign.last_on

    assert f"On {last + timedelta(days=181)} names" in text(client.get(address(running)))
