"""Consent of the guardian, and of the child from 14; withdrawing stops what is new (AID-1, PIPL 31)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from mingtian.children import actions, queries
from mingtian.children.actions import ConsentSpec
from mingtian.children.rules import (
    TEXTS,
    ConsentPurpose,
    Party,
    Standing,
    Way,
    parties_needed,
    standing,
    version_on,
)
from mingtian.children.words import CONSENT_TEXTS
from mingtian.core.errors import RuleBroken
from mingtian.testing.children import agree, make_child, make_worker
from mingtian.testing.make import DAY, NOW, Tree
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose

P = ConsentPurpose


def check_consent(child: int, purpose: ConsentPurpose, day: date) -> None:
    """Ask as the keeper, who sees every child."""
    with keep("check a consent"):
        queries.check_consent(child, purpose, day)


def test_nothing_begins_before_somebody_agreed_and_nothing_new_after_withdrawing(
    tree: Tree, worker: User
) -> None:
    child = make_child(worker, tree.village)
    with pytest.raises(RuleBroken, match="children_consent_missing"):
        check_consent(child.id, P.HELPING, DAY)

    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        given = agree(door, child.id, P.HELPING)
        assert agree(door, child.id, P.HELPING) == given
        check_consent(child.id, P.HELPING, DAY)
    check_consent(child.id, P.HELPING, DAY)

    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert actions.withdraw_consent(door, child.id, given)
        assert not actions.withdraw_consent(door, child.id, given)
    with pytest.raises(RuleBroken, match="children_consent_withdrawn"):
        check_consent(child.id, P.HELPING, DAY)
    with pytest.raises(RuleBroken, match="children_consent_missing"):
        check_consent(child.id, P.AID, DAY)


def test_what_was_withdrawn_may_be_given_anew(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.withdraw_consent(door, child.id, agree(door, child.id, P.AID))
        agree(door, child.id, P.AID)
    check_consent(child.id, P.AID, DAY)


def test_from_fourteen_the_child_agrees_too(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village, born_on=date(2009, 12, 31))
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        agree(door, child.id, P.AID)
    with pytest.raises(RuleBroken, match="children_consent_missing"):
        check_consent(child.id, P.AID, DAY)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        agree(door, child.id, P.AID, party=Party.CHILD)
    check_consent(child.id, P.AID, DAY)


def test_the_guardian_is_told_of_the_childs_own(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village)
    said = ConsentSpec(purpose=P.AID, party=Party.CHILD, way=Way.PAPER, given_on=DAY)
    with (
        enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door,
        pytest.raises(RuleBroken, match="children_guardian_not_told"),
    ):
        actions.note_consent(door, child.id, said)


def test_a_consent_of_tomorrow_or_of_nobody_is_refused(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        with pytest.raises(RuleBroken, match="children_consent_in_future"):
            agree(door, child.id, P.AID, given_on=DAY + timedelta(days=1))
        with pytest.raises(RuleBroken, match="vault_no_such_child"):
            agree(door, 0, P.AID)


@pytest.mark.parametrize(
    ("purpose", "birth_year", "needed"),
    [
        (P.AID, 2014, {Party.GUARDIAN}),
        (P.AID, 2010, {Party.GUARDIAN}),
        (P.AID, 2009, {Party.GUARDIAN, Party.CHILD}),
        (P.PUBLISHING, 2014, {Party.GUARDIAN, Party.CHILD}),
        (P.COUNSELLING, 2010, {Party.GUARDIAN}),
        (P.COUNSELLING, 2009, {Party.GUARDIAN, Party.CHILD}),
        (P.COUNSELLING, 2008, {Party.CHILD}),
    ],
)
def test_who_must_agree(purpose: ConsentPurpose, birth_year: int, needed: set[Party]) -> None:
    assert parties_needed(purpose, birth_year, DAY) == needed


def test_a_withdrawal_outweighs_what_the_other_gave() -> None:
    both = [Party.GUARDIAN, Party.CHILD]
    assert standing(both, both, []) is Standing.GIVEN
    assert standing(both, [Party.GUARDIAN], []) is Standing.MISSING
    assert standing(both, [Party.GUARDIAN], [Party.CHILD]) is Standing.WITHDRAWN
    assert standing([Party.GUARDIAN], both, [Party.CHILD]) is Standing.GIVEN
    assert standing([Party.GUARDIAN], [Party.GUARDIAN], [Party.CHILD]) is Standing.WITHDRAWN


def test_a_guardian_does_not_withdraw_what_the_child_alone_agrees_to(
    tree: Tree, worker: User
) -> None:
    child = make_child(worker, tree.village, born_on=date(2008, 12, 31))
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        given = agree(door, child.id, P.COUNSELLING)
        with pytest.raises(RuleBroken, match="children_consent_missing"):
            check_consent(child.id, P.COUNSELLING, DAY)
        actions.withdraw_consent(door, child.id, given)
        agree(door, child.id, P.COUNSELLING, party=Party.CHILD)
    check_consent(child.id, P.COUNSELLING, DAY)
    with keep("look"):
        assert queries.parties_of(child.id, P.COUNSELLING, DAY) == {Party.CHILD}
        assert queries.parties_of(0, P.COUNSELLING, DAY) == frozenset()


def test_of_a_child_out_of_sight_nobody_learns_what_was_agreed(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village, consents=[P.AID])
    far = make_worker(tree.far_county, "far")
    told = {}
    for user in (worker, far):
        with enter(user, now=NOW, purpose=Purpose.CASE_WORK):
            standings = queries.consent_standings([child.id], P.AID, DAY)
            told[user.username] = (
                standings[child.id], bool(queries.parties_of(child.id, P.AID, DAY))
            )  # fmt: skip
    assert queries.consent_standings([child.id], P.AID, DAY) == {child.id: Standing.MISSING}
    assert told == {
        worker.username: (Standing.GIVEN, True), "far": (Standing.MISSING, False),
    }  # fmt: skip


def test_every_version_of_a_text_is_written() -> None:
    versions = {(purpose, n) for purpose, days in TEXTS.items() for n in range(1, len(days) + 1)}
    assert versions == CONSENT_TEXTS.keys()
    assert version_on(P.AID, date(2020, 1, 1)) == 1


def test_a_worker_of_elsewhere_notes_no_consent(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village)
    other = make_worker(tree.far_county, "other")
    with enter(other, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.list_consents(child.id) == []
        with pytest.raises(RuleBroken, match="vault_no_such_child"):
            agree(door, child.id, P.AID)
