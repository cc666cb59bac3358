"""The pages of meetings, as posts meet them."""

import io
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from docx import Document
from pytest_django import DjangoAssertNumQueries

from mingtian.meetings.models import FollowUp, Meeting, Talk
from mingtian.meetings.queries.finding import find
from mingtian.meetings.rules import Kind
from mingtian.meetings.tests.conftest import Desk, key
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts, unit_rows
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW, make_class

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    return NOW


def units(unit: Unit, more: str = "") -> str:
    return f"/desk/meetings/units/{unit.public_id}{more}"


def one(meeting: Meeting, more: str = "") -> str:
    return f"/desk/meetings/{meeting.public_id}{more}"


def read(client: Client, address: str) -> str:
    reply = client.get(address, headers={"accept-language": "en"})
    assert reply.status_code == 200, reply.status_code
    return reply.content.decode()


def refused(client: Client, address: str, sent: dict[str, object]) -> str:
    reply = client.post(address, sent, headers={"accept-language": "en"})
    assert reply.status_code == 422, reply.status_code
    return reply.content.decode()


def typed(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "once": key(), "kind": "leaders", "title": "大讲堂专题会议", "day": "2023-09-18",
        "time": "18:30", "count_leaders": "7",
    }  # fmt: skip
    return {**plain, **changes}


def test_a_principal_enters_a_leaders_meeting_in_three_taps(client: Client, desk: Desk) -> None:
    """Meetings, the button, and Keep the meeting; between them one number is typed."""
    client.force_login(desk.cast.principal)
    school = desk.tree.school

    reply = client.get("/desk/meetings/")
    assert reply["Location"] == units(school)
    assert f'href="{units(school)}/new?kind=leaders"' in read(client, units(school))
    page = client.get(f"{units(school)}/new?kind=leaders", headers={"accept-language": "en"})
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "staff"}
    sent["count_leaders"] = "7"
    made = client.post(f"{units(school)}/new", sent)

    meeting = Meeting.objects.get()
    assert made["Location"] == one(meeting)
    assert (meeting.kind, meeting.people, meeting.held_at) == ("leaders", 7, NOW)
    assert meeting.chair == "校长"


def test_a_refused_form_keeps_what_was_typed(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)

    text = refused(
        client, units(desk.tree.school, "/new"), typed(count_leaders="", minutes="大家一致同意")
    )

    assert "Nobody attended yet" in text
    assert "大家一致同意" in text
    assert Meeting.objects.count() == 0


def test_a_meeting_to_come_with_minutes_is_refused(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)

    ahead = typed(day="2023-09-20", count_leaders="", minutes="记录")

    assert "it has no minutes yet" in refused(client, units(desk.tree.school, "/new"), ahead)
    assert client.post(units(desk.tree.school, "/new"), {**ahead, "minutes": ""}).status_code == 302


def test_whoever_saves_second_is_told_and_may_save_again(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)
    meeting = desk.meet(desk.tree.school)
    Meeting.objects.update(revision=2, minutes="甲写的")

    text = refused(client, one(meeting, "/change"), typed(revision="1", minutes="乙写的"))

    assert "Somebody has changed this meeting" in text
    assert "甲写的" in text
    assert "乙写的" in text
    assert 'name="revision" value="2"' in text
    again = client.post(one(meeting, "/change"), typed(revision="2", minutes="乙写的"))
    assert again["Location"] == one(meeting)
    assert "乙写的" in read(client, one(meeting))


def test_a_resolution_with_its_owner_is_entered_and_ended(client: Client, desk: Desk) -> None:
    county = make_staff("county", desk.tree.county, Role.OFFICE)
    client.force_login(county)
    meeting = desk.meet(desk.tree.county)
    owner = f"unit:{desk.tree.school.public_id}"
    sent = {"once": key(), "text": "各校确定专人", "owner": owner, "due_on": "2023-09-19"}

    past = refused(client, one(meeting, "/resolve"), {**sent, "due_on": "2023-09-17"})
    assert "This day is past" in past
    assert "各校确定专人" in past
    assert client.post(one(meeting, "/resolve"), sent)["Location"] == one(meeting)
    assert "No. 1 Primary School" in read(client, one(meeting))

    client.force_login(desk.cast.principal)
    found = FollowUp.objects.get()
    address = f"/desk/meetings/follow-ups/{found.public_id}"
    assert "各校确定专人" in read(client, "/desk/meetings/follow-ups")
    assert "It is done" in read(client, address)
    assert "Withdraw it" not in read(client, address)
    assert "Say in a sentence" in refused(client, f"{address}/settle", {"to": "done", "said": ""})
    assert client.post(f"{address}/settle", {"to": "withdrawn", "said": "不做"}).status_code == 404
    assert client.post(f"{address}/settle", {"to": "done", "said": "已定"})["Location"] == address
    text = refused(client, f"{address}/settle", {"to": "done", "said": "已定"})
    assert "This follow-up has ended already" in text

    client.force_login(county)
    assert "已定" in read(client, one(meeting))
    assert "各校确定专人" in read(client, "/desk/meetings/follow-ups?show=set&state=ended")


def test_an_owner_sees_what_it_has_to_do_but_not_the_meeting_above(
    client: Client, desk: Desk
) -> None:
    found = desk.follow(desk.tree.county, desk.tree.school)
    client.force_login(desk.cast.principal)

    text = read(client, f"/desk/meetings/follow-ups/{found.public_id}")

    assert "上报名单" in text
    meeting = Meeting.objects.get()
    assert one(meeting) not in text
    assert client.get(one(meeting)).status_code == 404


def test_a_follow_up_is_added_to_a_resolution_and_to_a_talk(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)
    meeting, talk = desk.meet(desk.tree.school), desk.talk(desk.tree.school)
    desk.resolve(meeting)
    task = {"what": "回访", "owner": f"person:{desk.cast.principal.pk}", "due_on": "2023-09-20"}

    for address in (
        one(meeting, "/resolutions/1/follow-up"),
        f"/desk/meetings/talks/{talk.public_id}/follow-up",
    ):
        assert "回访" in refused(client, address, {**task, "owner": "", "once": key()})
        assert client.post(address, {**task, "once": key()}).status_code == 302
    assert client.get(one(meeting, "/resolutions/2/follow-up")).status_code == 404

    assert FollowUp.objects.filter(person=desk.cast.principal).count() == 2
    assert "回访" in read(client, f"/desk/meetings/talks/{talk.public_id}")


def test_a_talk_is_entered_and_found_again(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)
    school = desk.tree.school
    sent: dict[str, object] = {
        "once": key(), "with_whom": "县司法局", "with_role": "副局长", "post": "校长", "way": "visit",
        "day": "2023-09-18", "time": "09:00", "agreed": "派法治副校长",
    }  # fmt: skip

    text = refused(client, units(school, "/talks/new"), {**sent, "agreed": ""})
    assert "Write what was agreed" in text
    assert "县司法局" in text
    client.post(units(school, "/talks/new"), sent)
    client.post(units(school, "/talks/new"), sent)

    assert Talk.objects.count() == 1
    assert "县司法局" in read(client, units(school, "/talks?q=法治"))
    assert "No such talk" in read(client, units(school, "/talks?q=公安"))
    assert "县司法局" in client.get(units(school, "/talks.csv")).content.decode("utf-8-sig")


def test_the_log_of_talks_shows_at_its_unit_and_directly_above_only(
    client: Client, desk: Desk
) -> None:
    talk = desk.talk(desk.tree.school)
    address = f"/desk/meetings/talks/{talk.public_id}"
    county = make_staff("county", desk.tree.county, Role.OFFICE)
    seen = {}
    for user in (desk.cast.principal, county, desk.cast.office, desk.cast.outsider):
        client.force_login(user)
        seen[user.username] = client.get(address).status_code

    assert seen == {"principal": 200, "county": 200, "office": 404, "outsider": 404}


def test_a_meeting_is_called_off_with_a_reason(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)
    meeting = desk.meet(desk.tree.school, held_at=NOW + timedelta(days=1), attended={})

    assert "Say in a few words why" in refused(client, one(meeting, "/call-off"), {"reason": ""})
    client.post(one(meeting, "/call-off"), {"reason": "停电"})

    text = read(client, one(meeting))
    assert "停电" in text
    assert "Write minutes" not in text


def test_the_minutes_come_as_a_paper_in_chinese(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)
    meeting = desk.meet(
        desk.tree.school, minutes="一、提高认识\n大家一致同意。", place="会议室", chair="校长",
        document_words="绥关工委〔2023〕20号",
    )  # fmt: skip
    desk.resolve(meeting, owner=f"unit:{desk.tree.school.public_id}")

    word = client.get(one(meeting, "/minutes.docx"), headers={"accept-language": "en"})
    text = "\n".join(each.text for each in Document(io.BytesIO(word.content)).paragraphs)
    pdf = client.get(one(meeting, "/minutes.pdf"))

    for told in (
        "第一小学会议纪要", "大讲堂专题会议纪要", "2023年9月18日18:00，第一小学在会议室召开领导班子专题会议。",
        "会议由校长主持。会议学习了绥关工委〔2023〕20号文件。", "一、提高认识", "二、会议议定事项",
        "（1）确定一名专管人员", "落实事项：上报名单；责任单位：第一小学；完成时限：2023年9月19日。", "出席：领导班子成员7人。",
    ):  # fmt: skip
        assert told in text
    assert pdf.content.startswith(b"%PDF-")
    assert client.get(one(meeting, "/minutes.txt")).status_code == 404


def test_a_paper_without_minutes_is_refused(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.principal)
    meeting = desk.meet(desk.tree.school)

    reply = client.get(one(meeting, "/minutes.pdf"), headers={"accept-language": "en"})

    assert reply.status_code == 409
    assert "meeting_without_minutes" in reply.content.decode()


def test_a_class_teacher_keeps_parents_meetings_and_resolves_nothing(
    client: Client, desk: Desk
) -> None:
    client.force_login(desk.cast.teacher)
    unit = desk.tree.class_one
    client.post(units(unit, "/new"), typed(kind="parents", count_leaders="", count_parents="41"))

    meeting = Meeting.objects.get()
    assert (meeting.unit_id, meeting.people) == (unit.pk, 41)
    assert client.get(one(meeting, "/resolve")).status_code == 404
    page = read(client, one(meeting))
    assert "Add a resolution" not in page
    with translation.override("en"):
        named = unit_rows([unit.pk], DAY, in_full=True)[unit.pk]
    assert named.full_title != named.title
    for html in (page, read(client, units(unit)), read(client, units(unit, "/new"))):
        assert f'<p class="soft">{named.full_title}' in html


def test_the_list_can_be_taken_out_as_it_is_asked_for(client: Client, desk: Desk) -> None:
    client.force_login(desk.cast.office)
    desk.meet(desk.tree.school, title="=校会", kind=Kind.STAFF)
    desk.meet(desk.tree.county, title="县会")

    text = client.get(units(desk.tree.county, "/meetings.csv?scope=below&kind=staff"))
    table = text.content.decode("utf-8-sig")

    assert "'=校会" in table
    assert "县会" not in table
    xlsx = client.get(units(desk.tree.county, "/meetings.xlsx"))
    assert xlsx.content.startswith(b"PK")
    assert client.get(units(desk.tree.county, "/meetings.pdf")).status_code == 404


def test_whoever_holds_no_post_reads_an_empty_page(client: Client, desk: Desk) -> None:
    from django.contrib.auth.models import User

    client.force_login(User.objects.create_user("nobody"))
    assert "No meetings for you yet" in read(client, "/desk/meetings/")
    assert "Nothing here" in read(client, "/desk/meetings/follow-ups")


def test_the_desks_search_finds_meetings_within_reach(desk: Desk) -> None:
    desk.meet(desk.tree.school, title="校内动员会")
    desk.meet(desk.tree.far_school, title="北河动员会")
    posts = list_posts(desk.cast.principal.pk, DAY)

    (found,) = find(posts, "动员", now=NOW)

    assert (found.text, found.kind) == ("校内动员会", "Leaders' meeting")
    assert find(list_posts(desk.cast.office.pk, DAY), "%", now=NOW) == []


@pytest.mark.parametrize("page", ["list", "meeting", "new", "follow-ups"])
def test_queries_do_not_grow_with_meetings_and_units(
    client: Client, desk: Desk, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tree = desk.tree
    client.force_login(make_staff("county", tree.county, Role.OFFICE))
    meeting = desk.meet(tree.county)
    desk.resolve(meeting, owner=f"unit:{tree.county.public_id}")
    address = {
        "list": units(tree.county, "?scope=below"),
        "meeting": one(meeting),
        "new": units(tree.county, "/new"),
        "follow-ups": "/desk/meetings/follow-ups",
    }[page]
    read(client, address)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        read(client, address)

    for _time in range(12):
        make_class(tree.grade)
        desk.meet(tree.school)
        desk.resolve(meeting, owner=f"unit:{tree.school.public_id}")
        desk.resolve(meeting, owner=f"unit:{tree.county.public_id}")
    with django_assert_max_num_queries(len(few)):
        read(client, address)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_the_readers_language(client: Client, desk: Desk, language: str) -> None:
    client.force_login(desk.cast.principal)
    meeting = desk.meet(desk.tree.school)
    desk.resolve(meeting, owner=f"person:{desk.cast.principal.pk}")
    talk = desk.talk(desk.tree.school)
    follow_up = FollowUp.objects.get()
    told = {"zh-hans": "登记", "en": "Enter"}

    for address in (
        units(desk.tree.school), units(desk.tree.school, "/new"), one(meeting), one(meeting, "/change"),
        one(meeting, "/resolve"), units(desk.tree.school, "/talks"),
        units(desk.tree.school, "/talks/new"), f"/desk/meetings/talks/{talk.public_id}",
        "/desk/meetings/follow-ups", f"/desk/meetings/follow-ups/{follow_up.public_id}",
    ):  # fmt: skip
        with translation.override(language):
            reply = client.get(address, headers={"accept-language": language})
        assert reply.status_code == 200
        assert f'lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in reply.content.decode()
    assert (
        told[language]
        in client.get(
            units(desk.tree.school, "/talks"), headers={"accept-language": language}
        ).content.decode()
    )
