"""Posting once: lengths, lists, foreign groups, quiet hours, pasting, acknowledging (GRP-2, GRP-3)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.groups.actions import (
    To,
    acknowledge,
    close_group,
    forward,
    make_list,
    mark_pasted,
    send,
)
from mingtian.groups.models import Acknowledgement, Delivery, Post
from mingtian.groups.queries import (
    find_post,
    list_deliveries,
    list_receipts,
    list_received,
    list_sent,
    list_to_paste,
)
from mingtian.groups.rules import MOST_TEXT, Audience, Words, check_words, is_quiet
from mingtian.groups.tests.conftest import BY, LATE, Ground
from mingtian.org.queries import unit_rows
from mingtian.testing.evening import make_evening
from mingtian.testing.make import DAY, NOW


def test_a_text_for_two_groups_waits_in_both_to_be_pasted(ground: Ground) -> None:
    tree = ground.evening.tree
    own, below = ground.register(tree.city), ground.register(tree.county)

    post = ground.send(tree.city, own, below)

    assert (post.groups, post.there) == (2, 0)
    assert [note.public_id for note in list_to_paste(tree.county.pk, DAY, NOW)] == [post.public_id]
    assert [row.public_id for row in list_sent(tree.city.pk, DAY)] == [post.public_id]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (Words(text="  "), "group_text_missing"),
        (Words(text="长" * 301), "group_text_too_long"),
        (Words(text="长" * 290, title="标题", link="https://example.org/a"), "group_text_too_long"),
        (Words(text="看一看", link="https://example.org"), "package_title_missing"),
        (Words(text="看一看", title="好做法", link="example.org"), "package_link_wrong"),
        (Words(text="看一看", title="好做法", link="javascript:alert(1)"), "package_link_wrong"),
        (Words(text="请联系13812345678"), "group_text_personal"),
        (Words(text="请联系138 1234 5678"), "group_text_personal"),
        (Words(text="证件号11010519491231002X"), "group_text_personal"),
    ],
)
def test_texts_that_do_not_belong_into_a_group_are_refused(
    ground: Ground, words: Words, code: str
) -> None:
    group = ground.register(ground.evening.tree.city)
    with pytest.raises(RuleBroken, match=code):
        ground.send(ground.evening.tree.city, group, text=words)
    assert not Post.objects.exists()


def test_who_writes_too_much_is_told_by_how_much() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_words(Words(text="长" * 307))
    assert refused.value.facts == {"most": MOST_TEXT, "over": 7}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Nd"]), min_size=1, max_size=400))
def test_a_text_passes_exactly_when_what_is_pasted_fits(text: str) -> None:
    words = Words(text=text)
    if 0 < len(words.for_group) <= MOST_TEXT:
        check_words(words)
    else:
        with pytest.raises(RuleBroken, match=r"group_text_(too_long|missing)"):
            check_words(words)


def test_figures_and_hours_are_no_telephone_numbers() -> None:
    check_words(Words(text="全市到课128620人次，733680人次累计，20:00—21:00，2023091820002100"))


def test_a_package_is_pasted_with_title_and_link() -> None:
    words = Words(
        text="三所学校的做法", title="好做法", link="https://example.org/a", image="封面.jpg"
    )
    assert words.for_group == "【好做法】\n三所学校的做法\nhttps://example.org/a"


def test_the_same_source_is_posted_once(ground: Ground) -> None:
    tree = ground.evening.tree
    group = ground.register(tree.city)

    first = ground.send(tree.city, group, source="bulletins:1")
    second = ground.send(tree.city, group, source="bulletins:1", text="另一段")

    assert second == first
    assert Delivery.objects.count() == 1


def test_standing_lists_hold_the_groups_of_their_kind_below(ground: Ground) -> None:
    tree = ground.evening.tree
    schools = [ground.register(tree.city), ground.register(tree.county)]
    committees = ground.register(tree.town, audience=Audience.COMMITTEES)
    closed = ground.register(tree.far_county)
    close_group(group_id=closed.id, by=BY, now=NOW)

    def reached(*lists: str) -> set[int]:
        post = ground.send(tree.city, lists=lists, source=f"test:{lists}")
        return {each.group_id for each in list_deliveries(post.id, DAY)}

    assert reached("schools") == {group.id for group in schools}
    assert reached("schools", "committees") == {committees.id, *(each.id for each in schools)}


def test_an_own_list_reaches_the_groups_that_were_chosen(ground: Ground) -> None:
    tree = ground.evening.tree
    group, other = ground.register(tree.city), ground.register(tree.county)
    city = unit_rows([tree.city.pk], DAY)[tree.city.pk]
    made = make_list(unit=city, name="试点", groups=[group.public_id], by=BY, now=NOW)

    post = ground.send(tree.city, lists=(made,))

    assert [each.group_id for each in list_deliveries(post.id, DAY)] == [group.id]
    with pytest.raises(RuleBroken, match="list_foreign"):
        ground.send(tree.county, other, lists=(made,), source="test:2")


def test_groups_of_others_are_foreign(ground: Ground) -> None:
    tree = ground.evening.tree
    above, beside = ground.register(tree.city), ground.register(tree.far_county)
    families = ground.register(tree.class_one, audience=Audience.FAMILIES)

    for group in (above, beside, families):
        with pytest.raises(RuleBroken, match="group_foreign"):
            ground.send(tree.county, group)
    assert ground.send(tree.class_one, families).groups == 1


def test_without_any_group_nothing_is_posted(ground: Ground) -> None:
    with pytest.raises(RuleBroken, match="no_groups"):
        ground.send(ground.evening.tree.city, lists=("schools",))


def test_families_are_left_in_peace_after_nine(ground: Ground) -> None:
    tree = ground.evening.tree
    families = ground.register(tree.class_one, audience=Audience.FAMILIES)

    with pytest.raises(RuleBroken, match="too_late_for_families"):
        ground.send(tree.class_one, families, now=LATE)
    ground.send(tree.class_one, families, now=LATE - timedelta(seconds=1))


@given(st.integers(0, 24 * 60 - 1))
def test_quiet_is_from_nine_in_the_evening_to_seven(minute: int) -> None:
    midnight = LATE - timedelta(hours=21)
    assert is_quiet(midnight + timedelta(minutes=minute)) == (minute >= 21 * 60 or minute < 7 * 60)


def test_who_pastes_first_is_kept(ground: Ground) -> None:
    group = ground.register(ground.evening.tree.city)
    post = ground.send(ground.evening.tree.city, group)

    assert mark_pasted(post=post, group_id=group.id, by=BY, now=NOW)
    assert not mark_pasted(post=post, group_id=group.id, by=BY, now=NOW + timedelta(hours=1))

    assert list_deliveries(post.id, DAY)[0].pasted_at == NOW
    assert list_to_paste(ground.evening.tree.city.pk, DAY, NOW) == []
    assert AuditEntry.objects.filter(action="groups.pasted").count() == 1


def test_a_unit_acknowledges_once_and_the_silent_ones_stand_first(ground: Ground) -> None:
    tree = ground.evening.tree
    group = ground.register(tree.county)
    post = ground.send(tree.county, group, text=Words(text="请知悉", asks=True))

    acknowledge(post=post, unit_id=tree.school.pk, by=BY, now=NOW)

    receipts = list_receipts(post, DAY)
    assert [each.public_id for each in receipts] == [
        tree.other_school.public_id, tree.school.public_id
    ]  # fmt: skip
    assert [each.acknowledged_at for each in receipts] == [None, NOW]
    assert list_received(tree.school.pk, DAY)[0].acknowledged_at == NOW
    with pytest.raises(RuleBroken, match="already_acknowledged") as refused:
        acknowledge(post=post, unit_id=tree.school.pk, by=BY, now=NOW + timedelta(hours=1))
    assert refused.value.facts == {"at": "09-18 19:00"}


def test_a_forward_stands_in_the_log_with_who_and_when(ground: Ground) -> None:
    tree = ground.evening.tree
    schools, own = (
        ground.register(tree.county),
        ground.register(tree.school, audience=Audience.TEACHERS),
    )
    post = ground.send(tree.county, schools)

    assert forward(post=post, groups=[own.public_id], by=ground.sender(tree.school), now=NOW) == 1
    assert forward(post=post, groups=[own.public_id], by=ground.sender(tree.school), now=NOW) == 0

    log = {each.group_id: each.forwarded_by for each in list_deliveries(post.id, DAY)}
    assert log[schools.id] == ""
    assert log[own.id] in {"第一小学", "No. 1 Primary School"}
    with pytest.raises(RuleBroken, match="group_foreign"):
        forward(post=post, groups=[schools.public_id], by=ground.sender(tree.school), now=NOW)
    with pytest.raises(RuleBroken, match="no_groups"):
        forward(post=post, groups=[], by=ground.sender(tree.school), now=NOW)


def test_a_forward_to_families_waits_for_the_morning(ground: Ground) -> None:
    tree = ground.evening.tree
    own = ground.register(tree.school, audience=Audience.FAMILIES)
    post = ground.send(tree.county, ground.register(tree.county))

    with pytest.raises(RuleBroken, match="too_late_for_families"):
        forward(post=post, groups=[own.public_id], by=ground.sender(tree.school), now=LATE)


def test_two_who_post_the_same_at_once_post_it_once(transactional_db: None) -> None:
    ground = Ground(make_evening())
    group = ground.register(ground.evening.tree.city)
    sender, made = ground.sender(ground.evening.tree.city), []
    gate = threading.Barrier(2)

    def press() -> None:
        gate.wait()
        to = To(groups=[group.public_id])
        made.append(send(text="今晚八点", to=to, source="prompts:7", by=sender, now=NOW).public_id)
        connection.close()

    both = [threading.Thread(target=press) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert len(made) == 2
    assert len(set(made)) == 1
    assert Delivery.objects.count() == 1


def test_two_of_a_unit_who_acknowledge_at_once_leave_one(transactional_db: None) -> None:
    ground = Ground(make_evening())
    tree = ground.evening.tree
    post = ground.send(tree.county, ground.register(tree.county))
    told: list[str] = []
    gate = threading.Barrier(2)

    def press() -> None:
        gate.wait()
        try:
            acknowledge(post=post, unit_id=tree.school.pk, by=BY, now=NOW)
        except RuleBroken as refused:
            told.append(refused.code)
        connection.close()

    both = [threading.Thread(target=press) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert told == ["already_acknowledged"]
    assert Acknowledgement.objects.count() == 1


def test_a_post_that_is_not_there_is_not_found(ground: Ground) -> None:
    assert find_post("000000000000", DAY) is None
