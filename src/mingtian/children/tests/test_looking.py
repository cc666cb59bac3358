"""Looking through the register before adding to it: exact, by spelling and sound, never all of it."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtian.children import actions, queries
from mingtian.children.sounds import fold_sound, initials_of, is_latin, sounds_of
from mingtian.children.spec import GuardianSpec
from mingtian.children.tokens import Sought, tokens_of_name, tokens_sought
from mingtian.core.errors import RuleBroken
from mingtian.testing.children import (
    GUARDIAN,
    NAME,
    child_spec,
    looked_for,
    make_aid_clerk,
    make_aided_child,
    make_child,
    make_worker,
)
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose


def found(user: User, unit: int, **sought: object) -> list[bool]:
    """Return for each hit whether it is in sight."""
    with enter(user, now=NOW, purpose=Purpose.REGISTERING) as door:
        hits = queries.look(door, unit, Sought(**sought)).hits  # type: ignore[arg-type]
    return [hit.child_id is not None for hit in hits]


@pytest.mark.parametrize(
    "sought",
    [
        {"text": "何思远"},
        {"text": "何 思 远"},
        {"text": "思远"},
        {"text": "hesiyuan"},
        {"text": "Hé Sī Yuǎn"},
        {"text": "贺四元"},
        {"text": "hsy", "birth_year": 2014},
        {"phone": "139 0000 0001"},
        {"phone": "+86 13900000001"},
    ],
)
def test_a_child_is_found_by_spelling_sound_initials_and_telephone(
    sought: dict[str, object], tree: Tree, worker: User
) -> None:
    make_child(worker, tree.village)
    assert found(worker, tree.village.pk, **sought) == [True]


@pytest.mark.parametrize(
    "sought",
    [
        {"text": "hsy"},
        {"text": "hsy", "birth_year": 2013},
        {"text": "何思"},
        {"text": "hesi"},
        {"phone": "13900000002"},
    ],
)
def test_parts_and_neighbours_find_nobody(
    sought: dict[str, object], tree: Tree, worker: User
) -> None:
    make_child(worker, tree.village)
    assert found(worker, tree.village.pk, **sought) == []


@pytest.mark.parametrize("text", ["", "何", " 何 ", "h"])
def test_nobody_looks_with_less_than_two_characters(text: str, tree: Tree, worker: User) -> None:
    with (
        pytest.raises(RuleBroken, match="children_look_too_short"),
        enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door,
    ):
        queries.look(door, tree.village.pk, Sought(text=text))


def test_nobody_goes_through_a_list_of_names(
    tree: Tree, worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.children.queries.looking.LOOKS_AN_HOUR", 2)
    for _ in range(2):
        assert found(worker, tree.village.pk, text=NAME) == []
    with pytest.raises(RuleBroken, match="children_looked_too_often"):
        found(worker, tree.village.pk, text=NAME)
    with enter(worker, now=NOW + timedelta(hours=1), purpose=Purpose.REGISTERING) as door:
        assert queries.look(door, tree.village.pk, Sought(text=NAME)).hits == ()


def test_of_a_child_out_of_reach_only_the_place_is_told(tree: Tree, worker: User) -> None:
    make_child(worker, tree.village)
    far = make_worker(tree.far_county, "far")

    with enter(far, now=NOW, purpose=Purpose.REGISTERING) as door:
        (hit,) = queries.look(door, tree.far_county.pk, Sought(text=NAME)).hits

    assert hit.child_id is None
    assert (hit.place, hit.above) == ("柳河村", "河口镇")


def test_whoever_registers_nobody_finds_nobody(tree: Tree, worker: User) -> None:
    make_child(worker, tree.village)
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('mingtian.registering', '{}', true)")
        tokens = list(tokens_sought(Sought(text=NAME), [tree.county.pk]))
        cursor.execute("SELECT count(*) FROM children_look(%s::bytea[], 5)", [tokens])
        assert cursor.fetchone() == (0,)


def test_a_clerk_finds_a_child_of_the_village_and_sees_its_place_alone(
    tree: Tree, worker: User
) -> None:
    make_child(worker, tree.village)
    clerk = make_aid_clerk(tree.school)
    assert found(clerk, tree.county.pk, text=NAME) == [False]


def test_a_child_registered_for_aid_is_taken_up_by_one_worker(
    tree: Tree, worker: User, clerk: User
) -> None:
    child = make_aided_child(clerk, tree.village, tree.school)
    other = make_worker(tree.village, "other")

    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.take_up(door, child.id, child.public_id)
        actions.take_up(door, child.id, child.public_id)
        assert queries.open_child(door, child.id).name == NAME
    with (
        pytest.raises(RuleBroken, match="children_has_worker"),
        enter(other, now=NOW, purpose=Purpose.CASE_WORK) as door,
    ):
        actions.take_up(door, child.id, child.public_id)
    with (
        pytest.raises(RuleBroken, match="vault_not_registering"),
        enter(clerk, now=NOW, purpose=Purpose.AID) as door,
    ):
        actions.take_up(door, child.id, child.public_id)


def test_after_a_correction_the_new_name_is_found_and_the_old_is_not(
    tree: Tree, worker: User
) -> None:
    child = make_child(worker, tree.village)
    with enter(worker, now=NOW, purpose=Purpose.RIGHTS) as door:
        opened = queries.open_child(door, child.id)
        assert opened.facts
        assert opened.home
        actions.correct(
            door, child.id,
            actions.Correction(
                name="周明川", birth_year=2014, facts=opened.facts, home=opened.home
            ),
        )  # fmt: skip

    assert found(worker, tree.village.pk, text="周明川") == [True]
    assert found(worker, tree.village.pk, text=NAME) == []
    assert found(worker, tree.village.pk, phone=GUARDIAN.phone) == [True]


def test_a_guardian_who_left_is_found_by_no_more(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        (first,) = queries.open_child(door, child.id).guardians
        actions.add_guardian(door, child.id, replace(GUARDIAN, phone="13900000007"))
        assert actions.end_guardian(door, child.id, first.public_id)
        assert not actions.end_guardian(door, child.id, first.public_id), "twice it is once"

    assert found(worker, tree.village.pk, phone=GUARDIAN.phone) == []
    assert found(worker, tree.village.pk, phone="13900000007") == [True]


def test_a_list_is_told_its_doubles_before_it_begins(tree: Tree, worker: User) -> None:
    make_child(worker, tree.village)
    specs = [child_spec(tree.village, name=name, guardians=()) for name in ("江晨", NAME)]
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        assert queries.count_doubles(door, specs).keys() == {1}


@pytest.mark.django_db(transaction=True)
def test_two_who_register_the_same_child_at_once_make_one() -> None:
    tree = make_tree()
    workers = [make_worker(tree.village, f"worker{number}") for number in range(2)]
    ready, told = threading.Barrier(2), []

    def register(worker: User) -> None:
        try:
            with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
                spec = child_spec(tree.village, guardians=())
                spec = replace(spec, looked=looked_for(door, tree.village.pk, NAME))
                ready.wait(30)
                actions.register(door, spec)
            told.append("registered")
        except RuleBroken as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(told) in (
        ["children_registered_already", "registered"],
        ["children_doubles", "registered"],
    )
    assert found(workers[0], tree.village.pk, text=NAME) == [True]


NAMES = st.text(
    st.sampled_from("何思远周明川单曾盖吕绿女晓阿依古丽·王小满"), min_size=2, max_size=6
).filter(lambda name: name.strip("·"))


@given(NAMES, st.integers(2005, 2023))
@settings(max_examples=60, deadline=None)
def test_whatever_a_name_sounds_like_it_is_found_by_it(name: str, year: int) -> None:
    kept = {token for _, token in tokens_of_name(name, year, 7)}
    for sound in sounds_of(name):
        assert not kept.isdisjoint(tokens_sought(Sought(text=sound), [7]))
    for letters in initials_of(name):
        assert not kept.isdisjoint(tokens_sought(Sought(text=letters, birth_year=year), [7]))
    assert kept.isdisjoint(tokens_sought(Sought(text=name), [8])), "another county's are others"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Lǜ", "lv"), ("lü", "lv"), ("lu:", "lv"), ("Xi'an", "xian"), ("HE si-yuan1", "hesiyuan")],
)
def test_tones_spaces_and_umlauts_do_not_matter(typed: str, folded: str) -> None:
    assert fold_sound(typed) == folded
    assert is_latin(typed)


def test_a_name_of_several_readings_is_found_by_each() -> None:
    assert {"shanxiao", "danxiao"} <= set(sounds_of("单晓"))
    assert GuardianSpec.from_text(GUARDIAN.as_text()) == GUARDIAN
