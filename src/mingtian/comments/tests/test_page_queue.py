"""Who reads which texts, and what can be decided (docs/mechanisms/comments.md)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingtian.comments.access import comments_open_to
from mingtian.comments.actions.review import SHOWN
from mingtian.comments.models import Comment
from mingtian.comments.rules import State
from mingtian.comments.tests.say import said
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.people.rules import PersonKind
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.make import DAY, NOW

QUEUE = reverse("comments:queue")


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


@pytest.fixture
def cast(evening: Evening) -> Cast:
    return make_cast(evening.tree)


@pytest.fixture
def texts(evening: Evening) -> dict[str, Comment]:
    """One text of a pupil and one of a mother of Class 1, one of a far school."""
    tree, lecture = evening.tree, evening.lecture.pk

    def own(text: str, kind: PersonKind = PersonKind.PARENT, concerns: str = "") -> Comment:
        return said(
            text, lecture=lecture, unit=tree.class_one, house=tree.school, kind=kind,
            concerns=concerns,
        )  # fmt: skip

    return {
        "pupil": own("我学会了保护自己", PersonKind.PUPIL),
        "mother": own("孩子很喜欢听"),
        "harm": own("有人欺负我", PersonKind.PUPIL, "harm"),
        "far": said("远处学校的话", lecture=lecture, unit=tree.far_class, house=tree.far_school),
    }


def decide(client: Client, comment: Comment, decision: str, **more: object) -> int:
    address = reverse("comments:comment-decide", args=[comment.public_id])
    return client.post(address, {"decision": decision, **more}).status_code


def state_of(comment: Comment) -> str:
    return Comment.objects.get(public_id=comment.public_id).state


def test_the_class_teacher_reads_the_own_class_the_urgent_first(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    client.force_login(cast.teacher)

    page = client.get(QUEUE).content.decode()

    assert page.index("有人欺负我") < min(map(page.index, ("我学会了保护自己", "孩子很喜欢听")))
    assert "远处学校的话" not in page
    assert AuditEntry.objects.filter(action="comments.queue_read", actor="teacher").exists()


def test_the_principal_reads_adults_and_only_counts_pupils_texts(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    client.force_login(cast.principal)

    page = client.get(QUEUE).content.decode()

    assert "孩子很喜欢听" in page
    assert "我学会了保护自己" not in page
    assert "有人欺负我" not in page
    assert "三年级一班 <b>2</b>" in page
    assert "1 条可能说到受伤害" in page


def test_offices_above_read_no_text(
    client: Client, cast: Cast, evening: Evening, texts: dict[str, Comment]
) -> None:
    for user in (cast.office, make_staff("county", evening.tree.county, Role.OFFICE)):
        client.force_login(user)
        page = client.get(QUEUE).content.decode()
        assert "孩子很喜欢听" not in page
        assert decide(client, texts["mother"], "approved") == 404


def test_a_superuser_reads_no_text(client: Client, admin_client: Client, texts: object) -> None:
    assert "孩子很喜欢听" not in admin_client.get(QUEUE).content.decode()


@pytest.mark.parametrize("who", ["outsider", "office"])
def test_strangers_find_nothing_to_decide(
    client: Client, cast: Cast, texts: dict[str, Comment], who: str
) -> None:
    client.force_login(getattr(cast, who))

    for comment in (texts["pupil"], texts["mother"]):
        assert decide(client, comment, "approved") == 404
        undo = reverse("comments:comment-undo", args=[comment.public_id])
        assert client.post(undo).status_code == 404
    assert Comment.objects.filter(state=State.WAITING).count() == 4


def test_the_principal_does_not_release_what_a_pupil_wrote(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    client.force_login(cast.principal)

    assert decide(client, texts["pupil"], "approved") == 404


def test_approving_and_taking_back_leave_a_trail(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    client.force_login(cast.teacher)

    assert decide(client, texts["pupil"], "approved") == 302
    assert state_of(texts["pupil"]) == "approved"
    client.post(reverse("comments:comment-undo", args=[texts["pupil"].public_id]))

    assert state_of(texts["pupil"]) == "waiting"
    subject = f"comment:{texts['pupil'].public_id}"
    trail = AuditEntry.objects.filter(subject=subject).order_by("pk").values_list("action", "actor")
    assert list(trail) == [("comments.approved", "teacher"), ("comments.taken_back", "teacher")]


def test_htmx_gets_the_one_card_with_an_undo(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    client.force_login(cast.teacher)
    address = reverse("comments:comment-decide", args=[texts["pupil"].public_id])

    answer = client.post(address, {"decision": "declined"}, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "<html" not in page
    assert reverse("comments:comment-undo", args=[texts["pupil"].public_id]) in page


def test_two_reviewers_at_once_the_second_is_told(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    # Meets "comment_decided".
    client.force_login(cast.teacher)
    decide(client, texts["mother"], "declined")
    client.force_login(cast.principal)
    address = reverse("comments:comment-decide", args=[texts["mother"].public_id])

    answer = client.post(address, {"decision": "approved"}, headers={"HX-Request": "true"})

    assert "已有人处理了这条留言" in answer.content.decode()
    assert state_of(texts["mother"]) == "declined"


def test_taking_back_what_waits_is_refused(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    # Meets "comment_waits".
    client.force_login(cast.teacher)

    answer = client.post(
        reverse("comments:comment-undo", args=[texts["pupil"].public_id]), follow=True
    )

    assert "这条留言已在等待" in answer.content.decode()


def test_a_referral_names_who_was_told_and_reaches_the_principal(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    # Meets "nobody_told".
    client.force_login(cast.teacher)
    decide(client, texts["harm"], "referred")
    assert state_of(texts["harm"]) == "waiting"

    decide(client, texts["harm"], "referred", told=["principal", "counsellor"])

    assert state_of(texts["harm"]) == "referred"
    client.force_login(cast.principal)
    page = client.get(QUEUE, {"show": "referred"}).content.decode()
    assert "有人欺负我" in page
    assert "学校心理老师" in page


def test_all_plain_texts_are_approved_at_once_and_no_other(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    client.force_login(cast.teacher)
    ids = [comment.public_id for comment in texts.values()]

    client.post(reverse("comments:comments-approve"), {"comment": ids})

    assert state_of(texts["pupil"]) == state_of(texts["mother"]) == "approved"
    assert state_of(texts["harm"]) == state_of(texts["far"]) == "waiting"


def test_the_latest_decision_stands_first_to_be_taken_back(
    client: Client, cast: Cast, evening: Evening
) -> None:
    tree = evening.tree
    for n in range(SHOWN + 1):
        said(f"第{n}条", lecture=evening.lecture.pk, unit=tree.class_one, house=tree.school,
             at=NOW + timedelta(minutes=n))  # fmt: skip
    for n, comment in enumerate(Comment.objects.order_by("-at")):
        Comment.objects.filter(public_id=comment.public_id).update(
            state=State.APPROVED, decided_at=NOW + timedelta(hours=2, minutes=n)
        )
    client.force_login(cast.principal)

    page = client.get(QUEUE, {"show": "decided"}).content.decode()

    assert "第0条" in page
    assert page.index("第0条") < page.index("第1条")
    assert f"第{SHOWN}条" not in page


def test_the_queue_says_how_many_more_wait(client: Client, cast: Cast, evening: Evening) -> None:
    tree = evening.tree
    for n in range(SHOWN + 2):
        said(f"第{n}条", lecture=evening.lecture.pk, unit=tree.class_one, house=tree.school)
    client.force_login(cast.principal)

    page = client.get(QUEUE).content.decode()

    assert page.count("data-review ") == SHOWN
    assert "还有 2 条待阅" in page


def test_the_queue_costs_as_many_statements_for_many_classes_as_for_one(
    client: Client, cast: Cast, evening: Evening, texts: dict[str, Comment]
) -> None:
    tree = evening.tree
    client.force_login(cast.principal)
    with CaptureQueriesContext(connection) as few:
        client.get(QUEUE)
    for unit in (tree.class_two, tree.teachers):
        for kind in (PersonKind.PUPIL, PersonKind.PARENT):
            said("好", lecture=evening.lecture.pk, unit=unit, house=tree.school, kind=kind)

    with CaptureQueriesContext(connection) as more:
        page = client.get(QUEUE).content.decode()

    assert "三年级二班 <b>1</b>" in page
    assert len(more) == len(few)


def test_a_class_teachers_queue_is_found_without_reading_all_comments(
    cast: Cast, texts: dict[str, Comment]
) -> None:
    open_to = comments_open_to(cast.teacher, DAY)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
    assert "comments_of_unit" in open_to.explain()


def test_unknown_views_and_decisions_are_not_found(
    client: Client, cast: Cast, texts: dict[str, Comment]
) -> None:
    client.force_login(cast.teacher)

    assert client.get(QUEUE, {"show": "all"}).status_code == 404
    assert decide(client, texts["pupil"], "waiting") == 404


def test_a_township_reads_what_its_villages_say(
    client: Client, evening: Evening, cast: Cast
) -> None:
    tree = evening.tree
    said("村里的话", lecture=evening.lecture.pk, unit=tree.village, house=tree.town,
         kind=PersonKind.RESIDENT)  # fmt: skip
    client.force_login(make_staff("town", tree.town, Role.OFFICE))

    assert "村里的话" in client.get(QUEUE).content.decode()
