"""What a unit is called where several houses are in reach, and what a person of staff is called."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import translation

from mingtian.org import queries
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, make_class, make_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("class_one", "第一小学 三年级一班", "No. 1 Primary School Grade 3 Class 1"),
        ("grade", "第一小学 三年级", "No. 1 Primary School Grade 3"),
        ("five_old", "河口镇 河口镇五老", "Hekou Town Five-old of Hekou"),
        ("village", "河口镇 柳河村", "Hekou Town Liuhe Village"),
        ("school", "第一小学", "No. 1 Primary School"),
        ("county_education", "安平县教育关工委", "Anping County education"),
    ],
)
def test_what_is_inside_a_house_is_called_with_it(unit: str, zh: str, en: str) -> None:
    key = getattr(make_tree(), unit).pk

    with translation.override("zh-hans"):
        assert queries.full_titles([key], DAY) == {key: zh}
        assert queries.unit_rows([key], DAY, in_full=True)[key].full_title == zh
    with translation.override("en"):
        assert queries.full_titles([key], DAY) == {key: en}


def test_a_class_directly_in_a_school_has_no_grade() -> None:
    tree = make_tree()
    one = make_class(tree.school, "一班", name_en="First class")

    with translation.override("en"):
        assert queries.full_titles([one.pk], DAY)[one.pk] == "No. 1 Primary School First class"


def test_a_post_says_the_house_of_its_unit_and_its_holders_name() -> None:
    tree = make_tree()
    teacher = make_staff("teacher", tree.class_one, Role.CLASS_TEACHER)
    User.objects.filter(pk=teacher.pk).update(first_name="林远")

    (post,) = queries.list_posts(teacher.pk, DAY)

    assert (post.username, post.name) == ("teacher", "林远")
    assert post.unit.full_title == "第一小学 三年级一班"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [("林远", "", "林远"), ("Yuan", "Lin", "Yuan Lin"), ("", "Lin", "Lin"), ("", "", "teacher")],
)
def test_statement_and_page_call_a_person_alike(first: str, last: str, shown: str) -> None:
    user = User(username="teacher", first_name=first, last_name=last)

    with connection.cursor() as cursor:
        cursor.execute("SELECT org_person_name(%s, %s, %s)", [first, last, "teacher"])
        (said,) = cursor.fetchone() or ("",)

    assert queries.person_name(user) == said == shown
    assert queries.person_name(None) == ""
