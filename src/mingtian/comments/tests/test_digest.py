"""The evening digest: what it holds, what it never holds, who sees it when (COM-1)."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mingtian.comments.actions.digests import (
    Edited,
    draft_digest,
    release_digest,
    save_digest,
)
from mingtian.comments.digest.content import Counts
from mingtian.comments.digest.draft import distinct, draft, is_question
from mingtian.comments.digest.themes import themes
from mingtian.comments.models import Digest
from mingtian.comments.queries.digests import content_of
from mingtian.comments.rules import State
from mingtian.comments.sieve.scrub import Scrubber
from mingtian.comments.tasks import draft_digests_at_closing
from mingtian.comments.tests.say import said
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.people.rules import PersonKind
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.make import NOW, make_pupils

NAME = "欧阳望舒"
CANARIES = (NAME, "望舒", "13812345678", "幸福小区3号楼", "三年级一班", "第一小学", "柳河村")


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


@pytest.fixture
def cast(evening: Evening) -> Cast:
    return make_cast(evening.tree)


@pytest.fixture
def spoken(evening: Evening) -> None:
    """An evening's texts with canaries in every third of them."""
    tree, lecture = evening.tree, evening.lecture.pk
    make_pupils(tree.class_two, [NAME])
    plain = ["网络诈骗的手段讲得很清楚", "预防网络诈骗要告诉家人", "网络诈骗怎么报警？"]
    marked = [f"{canary}说网络诈骗要小心，请问怎么办？" for canary in CANARIES]
    for text in [*plain, *marked, *(f"{canary}的网络课讲得好" for canary in CANARIES)]:
        said(text, lecture=lecture, unit=tree.class_one, house=tree.school, state=State.APPROVED)
    said("没看过的话", lecture=lecture, unit=tree.class_one, house=tree.school)
    said("家里的事", lecture=lecture, unit=tree.class_one, house=tree.school,
         kind=PersonKind.PUPIL, state=State.REFERRED)  # fmt: skip


def test_the_word_of_this_evening_stands_before_that_of_every_evening() -> None:
    here = Counter({"网络": 5, "家庭": 6, "一次": 1})
    others = [Counter({"家庭": 9}), Counter({"家庭": 4, "禁毒": 3})]

    assert themes(here, others) == [("网络", 5), ("家庭", 6)]


def test_questions_are_told_by_their_form() -> None:
    assert is_question("请问可以报警吗")
    assert is_question("怎么办")
    assert not is_question("讲得怎么样都好")


def test_equal_lines_stand_once_the_frequent_first() -> None:
    assert distinct(["好！", "谢谢", "谢谢。", "谢 谢", "!!"]) == ["谢谢", "好！"]


def test_an_empty_evening_has_an_empty_digest() -> None:
    content = draft([], [], scrubber=Scrubber([]), counts=Counts(), told={})

    assert (content.themes, content.lines, content.questions) == ([], [], [])


def test_no_canary_is_in_the_draft_and_the_opening_of_names_is_recorded(
    evening: Evening, cast: Cast, spoken: None
) -> None:
    digest = draft_digest(
        lecture_id=evening.lecture.pk,
        house_id=evening.tree.school.pk,
        actor="principal",
        now=NOW,
    )

    content = content_of(digest)
    told = [*(theme.word for theme in content.themes), *content.lines, *content.questions]
    assert told
    assert [canary for canary in CANARIES if any(canary in text for text in told)] == []
    assert "没看过的话" not in told
    assert "家里的事" not in told
    assert content.counts == Counts(approved=17, waiting=1, referred=1)
    entry = AuditEntry.objects.get(action="people.names_opened_to_hide")
    assert entry.subject == f"digest:{digest.public_id}"
    assert "网络诈骗".encode() not in bytes(digest.content_sealed)


def page_of(client: Client, digest: Digest) -> tuple[int, str]:
    answer = client.get(reverse("comments:digest", args=[digest.public_id]))
    return answer.status_code, answer.content.decode()


def drafted(client: Client, evening: Evening, cast: Cast) -> Digest:
    client.force_login(cast.principal)
    address = reverse(
        "comments:digest-draft", args=[evening.lecture.pk, evening.tree.school.public_id]
    )
    assert client.post(address).status_code == 302
    return Digest.objects.get()


def edit(client: Client, digest: Digest, **changes: str) -> tuple[int, str]:
    sent = {"themes": "网络", "lines": "讲得清楚", "questions": "", "note": ""} | changes
    answer = client.post(reverse("comments:digest-save", args=[digest.public_id]), sent)
    return answer.status_code, answer.content.decode()


def test_a_person_edits_and_releases_and_only_then_the_offices_see_it(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    digest = drafted(client, evening, cast)
    county = make_staff("county", evening.tree.county, Role.OFFICE)
    client.force_login(county)
    assert page_of(client, digest)[0] == 404

    client.force_login(cast.principal)
    assert edit(client, digest, note="家长关心网络安全")[0] == 302
    client.post(reverse("comments:digest-release", args=[digest.public_id]))

    client.force_login(county)
    status, page = page_of(client, digest)
    assert status == 200
    assert "家长关心网络安全" in page
    assert "第一小学" in client.get(reverse("comments:digest-list")).content.decode()
    client.force_login(cast.outsider)
    assert page_of(client, digest)[0] == 404


def test_what_stands_on_the_page_is_released_though_nobody_saved_it(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    digest = drafted(client, evening, cast)
    release = reverse("comments:digest-release", args=[digest.public_id])
    sent = {"themes": "", "lines": "刚写的话", "questions": "", "note": ""}

    refused = client.post(release, sent | {"note": f"{NAME}讲得好"})
    assert (refused.status_code, Digest.objects.get().state) == (422, "draft")
    assert "刚写的话" in refused.content.decode(), "nothing that was typed is lost"
    assert client.post(release, sent).status_code == 302

    released = Digest.objects.get()
    assert (released.state, content_of(released).lines) == ("released", ["刚写的话"])


def test_the_office_above_changes_nothing(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    digest = drafted(client, evening, cast)
    client.post(reverse("comments:digest-release", args=[digest.public_id]))
    client.force_login(cast.office)

    for name in ("digest-save", "digest-release", "digest-recall"):
        assert client.post(reverse(f"comments:{name}", args=[digest.public_id])).status_code == 404


@pytest.mark.parametrize("canary", [NAME, "138 1234 5678", "三（1）班", "幸福小区3号楼"])
def test_a_digest_with_an_identity_is_not_saved(
    client: Client, evening: Evening, cast: Cast, spoken: None, canary: str
) -> None:
    # Meets "digest_holds_identity".
    digest = drafted(client, evening, cast)

    status, page = edit(client, digest, lines=f"{canary}讲得好")

    assert status == 422
    assert "请去掉后再保存" in page


def test_a_released_digest_is_taken_back_before_it_changes(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    # Meets "digest_released", "digest_is_draft".
    digest = drafted(client, evening, cast)
    recall = reverse("comments:digest-recall", args=[digest.public_id])
    assert "还没有发布" in client.post(recall).content.decode()
    client.post(reverse("comments:digest-release", args=[digest.public_id]))

    assert "请先收回" in edit(client, digest)[1]
    release = reverse("comments:digest-release", args=[digest.public_id])
    assert client.post(release).status_code == 409
    again = reverse(
        "comments:digest-draft", args=[evening.lecture.pk, evening.tree.school.public_id]
    )
    assert client.post(again).status_code == 409
    assert client.post(recall).status_code == 302
    assert edit(client, digest)[0] == 302


def test_only_the_own_school_is_drafted(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    client.force_login(cast.outsider)
    tree = evening.tree

    for unit in (tree.school, tree.far_school):
        address = reverse("comments:digest-draft", args=[evening.lecture.pk, unit.public_id])
        assert client.post(address).status_code == 404


def test_drafting_again_keeps_one_digest(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    first = drafted(client, evening, cast)
    second = drafted(client, evening, cast)

    assert first.public_id == second.public_id


def test_the_command_drafts_every_house_of_an_evening_but_released_ones(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    tree = evening.tree
    said("远处的话", lecture=evening.lecture.pk, unit=tree.far_class, house=tree.far_school)
    digest = drafted(client, evening, cast)
    client.post(reverse("comments:digest-release", args=[digest.public_id]))
    out = StringIO()

    call_command("draft_digests", str(evening.lecture.pk), stdout=out)

    assert out.getvalue() == "1\n"
    states = Digest.objects.values_list("house_id", "state").order_by("house_id")
    assert dict(states) == {tree.school.pk: "released", tree.far_school.pk: "draft"}


def test_the_command_leaves_what_a_person_has_worked_on(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    digest = drafted(client, evening, cast)
    edit(client, digest, note="我写的")

    call_command("draft_digests", str(evening.lecture.pk), stdout=StringIO())

    digest.refresh_from_db()
    assert content_of(digest).note == "我写的"


def test_drafting_anew_keeps_the_address(
    client: Client, evening: Evening, cast: Cast, spoken: None
) -> None:
    first = drafted(client, evening, cast)
    edit(client, first, note="我写的")

    again = drafted(client, evening, cast)

    assert again.public_id == first.public_id
    assert (content_of(again).note, again.edited_by) == ("", None)


def test_what_is_saved_while_another_releases_is_refused(
    evening: Evening, cast: Cast, spoken: None
) -> None:
    # Meets "digest_released".
    place = {"lecture_id": evening.lecture.pk, "house_id": evening.tree.school.pk}
    digest = draft_digest(**place, actor="principal", now=NOW)
    release_digest(digest=Digest.objects.get(), actor=cast.principal, now=NOW)
    words = Edited(themes=[], lines=["讲得清楚"], questions=[], note="")

    with pytest.raises(RuleBroken, match="digest_released"):
        save_digest(digest=digest, edited=words, actor=cast.principal, now=NOW)

    assert "讲得清楚" not in content_of(Digest.objects.get()).lines


def test_digests_are_drafted_by_themselves_once_an_evening_has_closed(
    evening: Evening, cast: Cast, spoken: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    closed = evening.lecture.closes_at

    draft_digests_at_closing(closed - timedelta(seconds=1))
    assert not Digest.objects.exists()

    draft_digests_at_closing(closed)
    digest = Digest.objects.get()
    assert (digest.house_id, digest.state) == (evening.tree.school.pk, "draft")

    with django_assert_num_queries(1):
        draft_digests_at_closing(closed + timedelta(minutes=1))
    assert Digest.objects.get().drafted_at == digest.drafted_at
