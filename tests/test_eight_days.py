"""The eight days of the scenario at 1/100, run through posts by HTTP, from the notice to the list.

One story with everything that goes wrong in it: a late school, a silent one, a county where fewer
came, a correction, a principal who hands over. What the worker would do by itself is done here by
the same functions, at the same minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from scenarios.suihua.build import build
from scenarios.suihua.city import City, Evening, Options, september
from scenarios.suihua.load import load_night
from scenarios.suihua.places import CITY
from scenarios.suihua.register import COUNTIES, HAILUN, ZHAODONG

from mingtian.attendance.models import Tally
from mingtian.bulletins.models import Bulletin
from mingtian.campaigns.models import Campaign
from mingtian.closings.models import Closing, Confirmation, Correction
from mingtian.closings.tasks import ask_what_looks_odd, count_when_lectures_end
from mingtian.core.clock import SHANGHAI
from mingtian.documents.models import Document, Receipt
from mingtian.org.models import Unit
from mingtian.org.queries import list_subtree
from mingtian.org.rules import COUNTING_KINDS, Role, UnitKind
from mingtian.prompts.models import Prompt
from mingtian.prompts.tasks import keep_the_evening_rhythm
from mingtian.staff.access import post_key
from mingtian.supervision.models import Alert
from mingtian.supervision.tasks import look_at_evenings, settle_calls
from mingtian.testing.cast import make_staff
from tests.trail_words import untold

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SCALE = Fraction(1, 100)
ACTOR = "system:test"
FIRST = september(2023)
BEFORE = datetime(2023, 9, 8, 10, 0, tzinfo=SHANGHAI)
LATE_ON, SILENT_ON, CORRECTED_ON, HANDED_OVER_ON, FEWER_ON = range(1, 6)
"""What happens on which evening, counted from 0."""


@dataclass
class Days:
    """The city with its posts and a clock that the test moves."""

    city: City
    now: datetime
    people: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def unit(self, key: str) -> Unit:
        return Unit.objects.get(pk=self.city.units[key])

    def give(self, name: str, unit: Unit, role: Role) -> User:
        """Give somebody a post and a browser."""
        user = make_staff(name, unit, role, since=date(2023, 9, 1))
        self.people[name], self.clients[name] = user, Client()
        self.clients[name].force_login(user)
        return user

    def get(self, who: str, address: str, status: int = 200) -> str:
        reply = self.clients[who].get(address)
        assert reply.status_code == status, (who, address, reply.status_code)
        return reply.content.decode()

    def post(self, who: str, address: str, sent: dict[str, Any] | None = None) -> str:
        """Press a button; the page must lead on, not refuse. Returns where to."""
        reply = self.clients[who].post(address, sent or {})
        assert reply.status_code == 302, (who, address, reply.status_code, _told(reply.content))
        return str(reply["Location"])

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        self.now = datetime.combine(day, time(hour, minute), SHANGHAI)

    def tick(self, *works: Callable[[datetime], None]) -> None:
        """Do what the worker does in this minute."""
        for work in works:
            work(self.now)


def _told(content: bytes) -> str:
    text = content.decode()
    start = text.find('class="trouble')
    return text[start : start + 400]


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    options = Options(password="dawn", scale=SCALE, seed=3, first_on=FIRST)
    city = build(options=options, today=BEFORE.date(), actor=ACTOR, now=BEFORE)
    world = Days(city=city, now=BEFORE)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: world.now)
    return world


def test_the_eight_days(days: Days) -> None:
    schools = give_posts(days)
    notice = send_the_notice(days)
    hand_it_down(days, notice, schools)
    get_ready(days, schools)
    for evening in days.city.evenings:
        hold(days, evening)
        confirm_below(days, evening, schools)
        if evening.index == CORRECTED_ON:
            correct(days, evening, schools[0])
        if evening.index == HANDED_OVER_ON:
            hand_over(days, schools[0])
        close(days, evening)
    compare(days)
    assert untold() == []
    find_what_was_tampered_with()


# --- Before the first evening ---------------------------------------------------------------------


def give_posts(days: Days) -> list[Unit]:
    """Give the city, Zhaodong and its schools their posts; return the schools."""
    city = days.unit(CITY)
    days.give("drafter", city, Role.OFFICE)
    days.give("signer", city, Role.DIRECTOR)
    days.give("zhaodong", days.unit(ZHAODONG), Role.OFFICE)
    found = list_subtree(days.city.units[ZHAODONG], FIRST, kinds=[UnitKind.SCHOOL])
    schools = list(Unit.objects.filter(pk__in=[each.id for each in found]).order_by("pk"))
    assert len(schools) >= 2, "the story needs two schools"
    for place, school in enumerate(schools):
        days.give(f"principal{place}", school, Role.PRINCIPAL)
    return schools


def send_the_notice(days: Days) -> Document:
    """Draft, review, sign and issue the city's notice, which cites the province's No. 20."""
    city = days.unit(CITY).public_id
    sent = {
        "genre": "notice",
        "title": "关于组织收看青少年法治教育大讲堂的通知",
        "text": "一、要求\n请各地各校组织师生和家庭自愿收看。",
        "parent_issuer": "黑龙江省关工委",
        "parent_number": "黑关工委〔2023〕20号",
        "parent_on": "2023-09-01",
        "to_lists": ["leads:county"],
        "relay_by": "2023-09-15",
    }
    address = days.post("drafter", f"/desk/documents/units/{city}/new", sent)
    days.post("drafter", f"{address}/review")
    days.post("signer", f"{address}/sign")
    days.post("drafter", f"{address}/issue")
    notice = Document.objects.get()
    assert notice.number == 1
    assert Receipt.objects.filter(document=notice).count() == 10
    return notice


def hand_it_down(days: Days, notice: Document, schools: list[Unit]) -> None:
    """The county opens it, meets, passes it on; all schools but the last one open it."""
    address = f"/desk/documents/{notice.public_id}"
    at_county = f"{address}/at/{days.unit(ZHAODONG).public_id}"
    days.get("zhaodong", address)
    days.at(date(2023, 9, 9), 10)
    days.post("zhaodong", at_county, {"what": "meeting", "held_at": "2023-09-09T09:00"})
    days.post("zhaodong", at_county, {"what": "relay", "to_lists": ["leads:school"]})
    days.post("zhaodong", at_county, {"what": "requirements", "words": "自愿收看，帮助老人"})
    for place in range(len(schools) - 1):
        days.get(f"principal{place}", address)

    of_schools = Receipt.objects.filter(document=notice, unit__in=schools)
    assert of_schools.count() == len(schools)
    assert of_schools.filter(received_at=None).count() == 1
    assert schools[-1].name in days.get("zhaodong", address)
    assert schools[-1].name not in days.get("drafter", address)


def campaign_of(days: Days) -> str:
    return Campaign.objects.get(pk=days.city.campaign_id).public_id


def get_ready(days: Days, schools: list[Unit]) -> None:
    """Each school notes its meeting, its person and its plan; the county counts them."""
    campaign = campaign_of(days)
    for place, school in enumerate(schools):
        for item in ("meeting", "person", "plan"):
            days.post(
                f"principal{place}",
                f"/desk/readiness/{campaign}/{school.public_id}/checklist",
                {"item": item},
            )
    days.get("zhaodong", f"/desk/readiness/{campaign}/{days.unit(ZHAODONG).public_id}")


# --- An evening -----------------------------------------------------------------------------------


def hold(days: Days, evening: Evening) -> None:
    """Remind, let families come and watch, and do what the worker does around the lecture."""
    day = evening.held_on
    for hour, minute in ((19, 30), (19, 55)):
        days.at(day, hour, minute)
        days.tick(keep_the_evening_rhythm, keep_the_evening_rhythm)
    assert Prompt.objects.filter(lecture=evening.lecture_id).exists()
    stay_away = absent(days, evening) if evening.index == FEWER_ON else []
    load_night(city=days.city, evening=evening, actor=ACTOR, now=evening.ends_at, without=stay_away)
    days.at(day, 21, 1)
    days.tick(count_when_lectures_end, ask_what_looks_odd)
    days.at(day, 21, 12)
    days.tick(look_at_evenings, settle_calls)


def absent(days: Days, evening: Evening) -> list[int]:
    """Return every other class and group of Hailun: nobody of them comes."""
    found = list_subtree(days.city.units[HAILUN], evening.held_on, kinds=COUNTING_KINDS)
    return [each.id for each in found][::2]


def tally(evening: Evening, unit_id: int) -> tuple[int, int]:
    """Return how many pupils of a class arrived and watched to the end."""
    row = Tally.objects.filter(lecture=evening.lecture_id, unit=unit_id, kind=1).first()
    return (row.arrived, row.completed) if row else (0, 0)


def confirm_below(days: Days, evening: Evening, schools: list[Unit]) -> None:
    """Schools confirm by their desk; one late on the second evening, one silent on the third."""
    for place, school in enumerate(schools):
        if (evening.index, place) == (SILENT_ON, 1):
            continue
        if (evening.index, place) == (LATE_ON, 1):
            days.at(evening.held_on, 21, 31)
            days.tick(look_at_evenings, settle_calls)
            days.at(evening.held_on, 21, 50)
        who = principal_of(days, place, evening.index)
        address = f"/desk/days/{evening.lecture_id}/{school.public_id}"
        assert address in days.get(who, "/desk")
        days.post(who, f"{address}/confirm")
    days.at(evening.held_on, 21, 55)
    county = f"/desk/days/{evening.lecture_id}/{days.unit(ZHAODONG).public_id}"
    page = days.get("zhaodong", county)
    assert ("迟" in page) is (evening.index == LATE_ON)
    days.post("zhaodong", f"{county}/confirm")


def principal_of(days: Days, place: int, index: int) -> str:
    """Return who keeps a school: the first one's principal changes after the fifth evening."""
    return "successor" if place == 0 and index > HANDED_OVER_ON else f"principal{place}"


def correct(days: Days, evening: Evening, school: Unit) -> None:
    """Set one class's number right, with its reason, and confirm anew."""
    classes = list_subtree(school.pk, evening.held_on, kinds=[UnitKind.CLASS])
    room = max(classes, key=lambda each: tally(evening, each.id))
    address = f"/desk/days/{evening.lecture_id}/{room.public_id}/correct"
    done = tally(evening, room.id)[1]
    sent = {"kind": 1, "column": "completed", "new": done - 1, "reason": "", "note": ""}
    refused = days.clients["principal0"].post(address, sent)
    assert refused.status_code == 422
    days.post("principal0", address, sent | {"reason": "counted_twice"})
    days.post("principal0", f"/desk/days/{evening.lecture_id}/{school.public_id}/confirm")
    kept = Correction.objects.get()
    assert (kept.old, kept.new) == (done, done - 1)


def hand_over(days: Days, school: Unit) -> None:
    """The first principal hands over from tomorrow on; then only the successor gets in."""
    days.give("successor", school, Role.DUTY_TEACHER)
    tomorrow = days.now.date() + timedelta(days=1)
    post = days.people["principal0"].posts.get()
    days.post(
        "principal0",
        "/desk/staff/post/hand-over",
        {
            "post": post_key(school.public_id, post.role, post.starts_on, "principal0"),
            "on": tomorrow,
            "successor": "successor",
            "note": "名册在抽屉里",
            "once": "1",
        },
    )
    days.at(tomorrow, 8)
    days.get("principal0", f"/desk/days/{days.city.evenings[0].lecture_id}/{school.public_id}", 404)
    assert "名册在抽屉里" in days.get("successor", "/desk/account/")


def close(days: Days, evening: Evening) -> None:
    """The city confirms and, once no phone may come, freezes the day and issues its bulletin."""
    city = days.unit(CITY).public_id
    address = f"/desk/days/{evening.lecture_id}/{city}"
    days.at(evening.held_on, 22, 10)
    days.post("drafter", f"{address}/confirm")
    days.at(evening.held_on + timedelta(days=1), 12, 30)
    assert f"{address}" in days.get("drafter", "/desk")
    days.post("drafter", f"{address}/freeze")
    paper = f"/desk/bulletins/{evening.lecture_id}/{city}/bulletin"
    days.post("drafter", f"{paper}/begin")
    days.post("drafter", f"{paper}/issue")
    days.post("drafter", f"{paper}/issue")
    assert Bulletin.objects.filter(lecture=evening.lecture_id, issued_at__isnull=False).count() == 1


# --- After the last evening -------------------------------------------------------------------------


def compare(days: Days) -> None:
    """Everything was frozen and chained; Zhaodong stands first of ten; the drop was seen."""
    assert Closing.objects.count() == len(days.city.evenings)
    silent = days.city.evenings[SILENT_ON].lecture_id
    late = days.city.evenings[LATE_ON].lecture_id
    standing = Confirmation.objects.filter(superseded_at=None)
    assert standing.filter(lecture=silent).count() == standing.filter(lecture=late).count() - 1
    alerts = Alert.objects.filter(lecture=days.city.evenings[FEWER_ON].lecture_id)
    assert days.city.units[HAILUN] in set(alerts.values_list("unit", flat=True))

    # The scenario's mandate asks for the comparison, so it is switched on.
    last = days.city.evenings[-1].lecture_id
    address = f"/desk/bulletins/{last}/{days.unit(CITY).public_id}"
    page = days.get("drafter", f"{address}/units?of=campaign")
    codes = [each.code for each in COUNTIES]
    first = page.index(days.unit(ZHAODONG).name)
    others = [page.find(days.unit(code).name) for code in codes if code != ZHAODONG]
    assert all(first < place for place in others if place >= 0)


def find_what_was_tampered_with() -> None:
    """``mingtian audit verify`` is content, and names a frozen figure that was changed."""
    call_command("audit", "verify", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE closings_line SET arrived = arrived + 1 WHERE (lecture, unit, kind) IN"
            " (SELECT lecture, unit, kind FROM closings_line WHERE kind = 1 LIMIT 1)"
        )
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("audit", "verify", stdout=told)
    assert "its lines are not those that were frozen" in told.getvalue()
