"""The pages of papers and lists, as posts meet them: few queries, words in both languages."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.bulletins.models import Bulletin, Switching
from mingtian.bulletins.queries.todo import list_todos
from mingtian.bulletins.rules import Kind
from mingtian.bulletins.tests.conftest import Desk
from mingtian.core.todo import When
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import make_class

MOST_QUERIES = 15


@pytest.fixture
def over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: desk.over)
    return desk.over


@pytest.fixture
def office(client: Client, desk: Desk, over: datetime) -> Client:
    client.force_login(desk.cast.office)
    return client


def address(desk: Desk, more: str = "bulletin", unit: Unit | None = None) -> str:
    found = unit or desk.night.evening.tree.city
    return f"/desk/bulletins/{desk.night.day.lecture_id}/{found.public_id}/{more}"


def read(client: Client, path: str, status: int = 200) -> str:
    reply = client.get(path, headers={"accept-language": "en"})
    assert reply.status_code == status
    return reply.content.decode()


def send(client: Client, path: str, sent: dict[str, str] | None = None) -> str:
    reply = client.post(path, sent or {}, headers={"accept-language": "en"})
    assert reply.status_code == 422
    return reply.content.decode()


def test_an_office_drafts_edits_and_issues(office: Client, desk: Desk) -> None:
    archive = office.get("/desk/bulletins/")["Location"]
    assert "Not issued yet" in read(office, archive)
    assert "Draft it from the figures" in read(office, address(desk))

    office.post(address(desk, "bulletin/begin"))
    text = read(office, address(desk))
    assert "关于9月18日大讲堂第1讲情况的通报（待确认数据）" in text
    assert ">13人</b>" in text
    assert "provisional" in text
    office.post(
        address(desk, "bulletin/sections/practice"), {"text": "三年级老师提前半小时打电话提醒。"}
    )
    assert "三年级老师提前半小时打电话提醒。" in read(office, address(desk))
    office.post(address(desk, "bulletin/issue"))

    found = Bulletin.objects.get()
    text = read(office, address(desk))
    assert found.reference in text
    assert "Copy the text" in text
    assert found.reference in read(office, archive)
    assert "三年级老师" in read(office, address(desk, "bulletin/1"))


def test_a_second_one_is_asked_for_its_reason_and_the_first_is_shown_as_superseded(
    office: Client, desk: Desk
) -> None:
    first = desk.issued()

    told = send(office, address(desk, "bulletin/begin"))
    assert "has gone out for this day already" in told
    typed = {"reason": "", "words": "人数写错"}
    told = send(office, address(desk, "bulletin/begin"), typed)
    assert "needs its reason" in told
    assert 'value="人数写错"' in told
    office.post(address(desk, "bulletin/begin"), {**typed, "reason": "text_wrong"})
    assert f"Takes the place of {first.reference}" in read(office, address(desk))
    office.post(address(desk, "bulletin/issue"))

    assert "superseded" in read(office, address(desk, "bulletin/1"))
    assert "Earlier ones of this day" in read(office, address(desk))


def test_changed_figures_are_shown_old_and_new_and_asked_about(office: Client, desk: Desk) -> None:
    desk.begin()
    desk.night.count(desk.night.evening.tree.class_one, 1)

    text = read(office, address(desk))
    assert "Figures have changed since the draft" in text
    assert "13人" in text
    assert "14人" in text
    assert "Issue it" not in text
    told = send(office, address(desk, "bulletin/issue"))
    assert "Figures have changed since this was drafted" in told

    office.post(address(desk, "bulletin/figures"))
    assert "Issue it" in read(office, address(desk))


def test_a_refused_section_keeps_what_was_typed(office: Client, desk: Desk) -> None:
    desk.begin()

    told = send(office, address(desk, "bulletin/sections/practice"), {"text": "到课{人数}。"})

    assert "There is no figure called “人数”" in told
    assert "到课{人数}。</textarea>" in told


def test_whoever_issued_is_called_by_name(office: Client, desk: Desk) -> None:
    User.objects.filter(pk=desk.cast.office.pk).update(first_name="孟贤晖")
    desk.begin()

    office.post(address(desk, "bulletin/issue"))

    page = read(office, address(desk))
    assert re.search(r"Went out.*孟贤晖</p>", page)


def test_a_draft_is_thrown_away_by_the_second_press(office: Client, desk: Desk) -> None:
    desk.begin()

    page = read(office, address(desk, "bulletin"))
    assert "<summary>Throw the draft away</summary>" in page
    assert page.index("<summary>Throw the draft away") < page.index("bulletin/drop")
    office.post(address(desk, "bulletin/drop"))

    assert not Bulletin.objects.exists()
    assert office.post(address(desk, "bulletin/drop")).status_code == 404


def test_before_the_end_there_is_no_button(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    during = desk.night.evening.lecture.starts_at + timedelta(minutes=5)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: during)
    client.force_login(desk.cast.office)

    assert "Draft it" not in read(client, address(desk))
    assert "not over yet" in send(client, address(desk, "bulletin/begin"))


def test_the_paper_comes_as_word_and_pdf(office: Client, desk: Desk) -> None:
    desk.issued()

    word = office.get(address(desk, "bulletin/1/paper.docx")).content
    pdf = office.get(address(desk, "bulletin/1/paper.pdf")).content

    assert word.startswith(b"PK")
    assert pdf.startswith(b"%PDF-")
    assert office.get(address(desk, "bulletin/1/paper.odt")).status_code == 404


def test_a_director_issues_and_does_not_write(
    client: Client, desk: Desk, director: User, over: datetime
) -> None:
    desk.begin()
    client.force_login(director)

    assert "Issue it" in read(client, address(desk))
    assert client.post(address(desk, "bulletin/sections/overall")).status_code == 404
    assert client.post(address(desk, "bulletin/issue")).status_code == 302


@pytest.mark.parametrize("more", ["poem", "poem/begin", "bulletin/9", "bulletin/issue"])
def test_what_is_not_there_is_not_found(office: Client, desk: Desk, more: str) -> None:
    method = office.post if more.endswith(("begin", "issue")) else office.get

    assert method(address(desk, more)).status_code == 404


def test_a_section_that_no_paper_has_is_not_found(office: Client, desk: Desk) -> None:
    desk.begin()

    assert office.post(address(desk, "bulletin/sections/poem")).status_code == 404


def test_a_principal_is_told_that_nothing_is_written_there(
    client: Client, desk: Desk, over: datetime
) -> None:
    client.force_login(desk.cast.principal)

    assert "No bulletin is written at your post" in read(client, "/desk/bulletins/")


def test_comparison_is_switched_on_with_its_reason_and_off_again(
    office: Client, desk: Desk
) -> None:
    assert "Units of this campaign are not compared" in read(office, address(desk, "units"), 422)
    assert "Switch it on" in read(office, address(desk, "switch"))
    typed = {"on": "1", "ground": "mandate", "words": ""}
    assert "Choose why" in send(office, address(desk, "switch"), typed)

    typed["words"] = "通知第五条"
    for _press in range(2):
        office.post(address(desk, "switch"), typed)

    assert Switching.objects.count() == 1
    assert "provisional figures" in read(office, address(desk, "units"))
    assert "通知第五条" in read(office, address(desk, "switch"))
    office.post(address(desk, "switch"), {"on": "0", "ground": "does_harm", "words": "攀比"})
    assert "are not compared" in read(office, address(desk, "units"), 422)


def test_lists_show_denominators_movement_and_who_is_too_small(office: Client, desk: Desk) -> None:
    tree = desk.night.evening.tree
    desk.switch_on()
    for each in (tree.other_class, tree.far_class):
        desk.night.expect(each, 40)
    desk.night.count(tree.far_class, 30)
    desk.night.freeze()

    text = read(office, address(desk, "units?by=rate"))
    assert "Beihe County" in text
    assert "of 40" in text
    assert "75.0%" in text
    assert "frozen figures" in text
    assert "Beside the list" in read(office, address(desk, "units", tree.county))
    assert "1 frozen days of 1" in read(office, address(desk, "units?of=campaign"))
    for form in ("csv", "xlsx"):
        assert office.get(address(desk, f"units.{form}?by=rate")).status_code == 200
    rows = read(office, address(desk, "units.csv?by=rate"))
    assert "Beihe County" in rows
    assert "frozen" in rows


@pytest.mark.parametrize("word", ["likes", "forwards", "minutes", "installs"])
def test_a_forbidden_indicator_is_refused_with_the_rule(
    office: Client, desk: Desk, word: str
) -> None:
    desk.switch_on()

    for more in (f"units?by={word}", f"units.csv?by={word}"):
        told = read(office, address(desk, more), 422)
        assert f"“{word}” (国办函〔2026〕12号)" in told


def test_a_list_of_classes_is_refused_with_the_reason(
    client: Client, desk: Desk, over: datetime
) -> None:
    desk.switch_on()
    client.force_login(desk.cast.principal)

    school = desk.night.evening.tree.school
    assert "never compared" in read(client, address(desk, "units", school), 422)


def test_the_archive_is_taken_out(office: Client, desk: Desk) -> None:
    found = desk.issued()
    city = desk.night.evening.tree.city

    reply = office.get(f"/desk/bulletins/unit/{city.public_id}/archive.csv")

    assert found.reference in reply.content.decode("utf-8-sig")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("more", ["", "/issued"])
def test_pages_ask_few_questions_however_many_classes(
    office: Client, desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries, kind: Kind,
    more: str,
) -> None:  # fmt: skip
    tree = desk.night.evening.tree
    # The second day also adds up those before it.
    desk.night.freeze()
    found = desk.begin(kind)
    if more:
        desk.issue(found)
    read(office, address(desk, kind.value))
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        read(office, address(desk, kind.value))

    for _each in range(20):
        desk.night.count(make_class(tree.grade), 0)
    with django_assert_max_num_queries(len(few)):
        read(office, address(desk, kind.value))


@pytest.mark.parametrize("query", ["", "?by=rate", "?of=campaign&by=pupils"])
def test_lists_ask_few_questions(
    office: Client, desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries, query: str
) -> None:
    desk.switch_on()
    desk.night.freeze()
    read(office, address(desk, f"units{query}"))

    with django_assert_max_num_queries(MOST_QUERIES):
        read(office, address(desk, f"units{query}"))


def test_the_desk_is_told_what_is_not_issued(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    day, ends = desk.night.day.held_on, desk.night.evening.lecture.ends_at
    posts = list_posts(desk.cast.office.pk, day)

    assert list_todos(posts, now=ends - timedelta(minutes=1)) == []
    with django_assert_max_num_queries(1):
        found = list_todos(posts, now=ends)
    assert [(each.kind, each.when, each.number) for each in found] == [
        ("bulletin.bulletin", When.TODAY, 1), ("bulletin.note", When.TODAY, 1),
    ]  # fmt: skip
    assert found[0].address == address(desk)
    desk.issued()
    assert [each.kind for each in list_todos(posts, now=desk.over)] == ["bulletin.note"]
    principal = list_posts(desk.cast.principal.pk, day)
    with django_assert_max_num_queries(0):
        assert list_todos(principal, now=ends) == []
    clerk = make_staff("clerk", desk.night.evening.tree.city, Role.CLERK)
    assert list_todos(list_posts(clerk.pk, day), now=ends) == []
