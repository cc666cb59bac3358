"""A post reaches its unit's subtree along its line; absent and forbidden look alike."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.access import get_unit_for, holds_role_at, posts_of, units_visible_to
from mingtian.org.actions import PostSpec, close_unit, end_post, give_post
from mingtian.org.models import Post, Unit
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import make_cast, make_staff
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON, make_tree

pytestmark = pytest.mark.django_db

YESTERDAY, LATER = DAY - timedelta(days=1), DAY + timedelta(days=3)


def names(user: User | AnonymousUser) -> set[str]:
    return set(units_visible_to(user, DAY).values_list("name_en", flat=True))


def test_each_of_the_cast_reaches_their_own_subtree() -> None:
    tree = make_tree()
    cast = make_cast(tree)

    assert units_visible_to(cast.office, DAY).count() == Unit.objects.count()
    assert names(cast.principal) == {
        "No. 1 Primary School", "Grade 3", "Class 1", "Class 2", "Teachers",
    }  # fmt: skip
    assert set(units_visible_to(cast.teacher, DAY)) == {tree.class_one}
    assert set(units_visible_to(cast.outsider, DAY)) == {
        tree.far_school, tree.far_grade, tree.far_class,
    }  # fmt: skip


def test_an_education_office_reaches_its_schools_and_nothing_territorial() -> None:
    tree = make_tree()
    user = make_staff("education", tree.county_education, Role.OFFICE, line=Line.GUIDES)

    visible = set(units_visible_to(user, DAY))

    assert {tree.county_education, tree.class_one, tree.other_class} <= visible
    assert not {tree.county, tree.town, tree.far_class} & visible


def test_a_unit_out_of_reach_looks_like_one_that_does_not_exist() -> None:
    tree = make_tree()
    cast = make_cast(tree)

    assert get_unit_for(cast.teacher, tree.class_one.public_id, DAY) == tree.class_one
    for public_id in (tree.class_two.public_id, tree.school.public_id, "nowhere00000"):
        with pytest.raises(Http404):
            get_unit_for(cast.teacher, public_id, DAY)


def test_without_sign_in_or_post_nothing_is_seen() -> None:
    make_tree()
    nobody = User.objects.create_user("nobody")

    assert names(AnonymousUser()) == names(nobody) == set()
    assert not posts_of(AnonymousUser(), DAY).exists()


def test_a_superuser_sees_all_but_not_when_the_account_is_off() -> None:
    make_tree()
    chief = User.objects.create_superuser("chief")
    assert units_visible_to(chief, DAY).count() == Unit.objects.count()

    chief.is_active = False

    assert names(chief) == set()


def test_a_post_reaches_nothing_before_it_begins_and_after_it_ends() -> None:
    tree = make_tree()
    user = make_staff("teacher", tree.class_one, Role.CLASS_TEACHER, since=DAY)
    end_post(post=Post.objects.get(user=user), ends_on=LATER, actor=ACTOR, now=NOW)

    seen = [units_visible_to(user, day).exists() for day in (YESTERDAY, DAY, LATER)]

    assert seen == [False, True, False]
    assert holds_role_at(user, tree.class_one.pk, Role.CLASS_TEACHER, DAY)
    assert not holds_role_at(user, tree.class_one.pk, Role.CLASS_TEACHER, LATER)


def test_a_closed_class_is_reached_by_looking_back() -> None:
    tree = make_tree()
    cast = make_cast(tree)
    close_unit(unit=tree.class_two, on=DAY, actor=ACTOR, now=NOW)

    assert tree.class_two not in units_visible_to(cast.principal, DAY)
    found = get_unit_for(cast.principal, tree.class_two.public_id, DAY, tree_on=YESTERDAY)
    assert found == tree.class_two


def test_reach_follows_the_tree_with_one_query(django_assert_num_queries: object) -> None:
    tree = make_tree()
    cast = make_cast(tree)

    with django_assert_num_queries(1):  # type: ignore[operator]
        get_unit_for(cast.office, tree.far_class.public_id, DAY)


def test_a_post_given_twice_is_one_post() -> None:
    tree = make_tree()
    user = make_staff("teacher", tree.class_one, Role.CLASS_TEACHER)
    spec = PostSpec(user=user, unit=tree.class_one, role=Role.CLASS_TEACHER)

    again = give_post(spec=spec, starts_on=DAY, actor=ACTOR, now=NOW)

    assert again == Post.objects.get()
    assert AuditEntry.objects.filter(action="org.post_given").count() == 1


def test_a_post_ended_twice_keeps_its_first_end() -> None:
    tree = make_tree()
    make_staff("teacher", tree.class_one, Role.CLASS_TEACHER)
    post = Post.objects.get()

    assert end_post(post=post, ends_on=DAY, actor=ACTOR, now=NOW)
    assert not end_post(post=post, ends_on=LATER, actor=ACTOR, now=NOW)
    assert Post.objects.get().ends_on == DAY


@pytest.mark.parametrize(
    ("role", "line", "day", "code"),
    [
        (Role.PRINCIPAL, Line.LEADS, DAY, "wrong_post"),
        (Role.CLASS_TEACHER, Line.LEADS, OPENED_ON - timedelta(days=1), "not_placed"),
    ],
)
def test_an_impossible_post_is_refused(role: Role, line: Line, day: object, code: str) -> None:
    tree = make_tree()
    spec = PostSpec(user=User.objects.create_user("a"), unit=tree.class_one, role=role, line=line)

    with pytest.raises(RuleBroken) as refused:
        give_post(spec=spec, starts_on=day, actor=ACTOR, now=NOW)  # type: ignore[arg-type]

    assert refused.value.code == code


def test_posts_out_of_order_are_refused() -> None:
    tree = make_tree()
    user = make_staff("teacher", tree.class_one, Role.CLASS_TEACHER, since=LATER)
    spec = PostSpec(user=user, unit=tree.class_one, role=Role.CLASS_TEACHER)

    with pytest.raises(RuleBroken, match="changes_later"):
        give_post(spec=spec, starts_on=DAY, actor=ACTOR, now=NOW)
    with pytest.raises(RuleBroken, match="before_opening"):
        end_post(post=Post.objects.get(), ends_on=DAY, actor=ACTOR, now=NOW)
