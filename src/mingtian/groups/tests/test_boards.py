"""The two boards: read by the owner first, changed and taken back by the writer (PUB-3, COD-2)."""

from datetime import timedelta

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.groups.actions import close_group, decide, edit, set_tip, withdraw, write
from mingtian.groups.queries import EntryRow, GroupRow, list_entries, list_tips
from mingtian.groups.queries.boards import count_waiting
from mingtian.groups.rows import find_entry
from mingtian.groups.rules import Board, EntryState
from mingtian.groups.tests.conftest import BY, Ground
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.testing.cast import make_cast
from mingtian.testing.make import DAY, NOW


@pytest.fixture
def group(ground: Ground) -> GroupRow:
    return ground.register(ground.evening.tree.county)


def put(
    ground: Ground, group: GroupRow, unit: Unit, text: str = "先连校园网再扫码",
    board: Board = Board.ENTER,
) -> EntryRow:  # fmt: skip
    made = write(group=group, board=board, text=text, by=ground.sender(unit), now=NOW)
    return found(made)


def found(public_id: str) -> EntryRow:
    row = find_entry(public_id, DAY)
    assert row is not None
    return row


def show(entry: EntryRow, *, version: int = 1, yes: bool = True) -> None:
    decide(entry=entry, version=version, show=yes, by=BY, now=NOW)


def test_what_a_school_writes_waits_for_the_owner(ground: Ground, group: GroupRow) -> None:
    entry = put(ground, group, ground.evening.tree.school)

    assert entry.state is EntryState.WAITING
    assert count_waiting([group.id]) == {group.id: 1}
    show(entry)
    assert found(entry.public_id).state is EntryState.SHOWN
    assert count_waiting([group.id]) == {}


def test_what_the_owner_writes_stands_at_once(ground: Ground, group: GroupRow) -> None:
    assert put(ground, group, ground.evening.tree.county).state is EntryState.SHOWN


def test_boards_do_not_mix(ground: Ground, group: GroupRow) -> None:
    entry = put(ground, group, ground.evening.tree.school, board=Board.LEARNED)
    assert [each.id for each in list_entries(group.id, Board.LEARNED, DAY)] == [entry.id]
    assert list_entries(group.id, Board.ENTER, DAY) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "entry_missing"),
        ("长" * 501, "entry_too_long"),
        ("打13912345678", "group_text_personal"),
    ],
)
def test_what_does_not_belong_on_a_board_is_refused(
    ground: Ground, group: GroupRow, text: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        put(ground, group, ground.evening.tree.school, text)


def test_nothing_is_written_in_a_closed_group(ground: Ground, group: GroupRow) -> None:
    close_group(group_id=group.id, by=BY, now=NOW)
    with pytest.raises(RuleBroken, match="group_closed"):
        put(ground, ground.group(group.public_id), ground.evening.tree.school)


def test_a_changed_text_is_read_again(ground: Ground, group: GroupRow) -> None:
    school = ground.evening.tree.school
    entry = put(ground, group, school)
    show(entry)
    set_tip(entry=entry, on=True, by=BY, now=NOW)

    edit(entry=entry, owner_id=group.unit_id, text="换了", by=ground.sender(school), now=NOW)

    row = found(entry.public_id)
    assert (row.state, row.version, row.tip_at) == (EntryState.WAITING, 2, None)


def test_what_was_read_is_what_is_shown(ground: Ground, group: GroupRow) -> None:
    school = ground.evening.tree.school
    entry = put(ground, group, school)
    edit(entry=entry, owner_id=group.unit_id, text="换了", by=ground.sender(school), now=NOW)

    with pytest.raises(RuleBroken, match="entry_changed"):
        show(entry, version=1)
    show(entry, version=2)


def test_a_decision_stands_unless_the_text_changes(ground: Ground, group: GroupRow) -> None:
    entry = put(ground, group, ground.evening.tree.school)
    show(entry, yes=False)
    show(entry, yes=False)

    with pytest.raises(RuleBroken, match="entry_decided"):
        show(entry)
    assert found(entry.public_id).state is EntryState.DECLINED


def test_what_was_taken_back_is_gone_for_everybody(ground: Ground, group: GroupRow) -> None:
    school = ground.evening.tree.school
    entry = put(ground, group, school)

    assert withdraw(entry=entry, by=BY, now=NOW)
    assert not withdraw(entry=entry, by=BY, now=NOW + timedelta(minutes=1))

    assert find_entry(entry.public_id, DAY) is None
    assert list_entries(group.id, Board.ENTER, DAY) == []
    with pytest.raises(RuleBroken, match="entry_gone"):
        show(entry)
    with pytest.raises(RuleBroken, match="entry_gone"):
        edit(entry=entry, owner_id=group.unit_id, text="又来", by=ground.sender(school), now=NOW)


def test_only_what_is_shown_about_entering_becomes_a_tip(ground: Ground, group: GroupRow) -> None:
    school = ground.evening.tree.school
    waiting = put(ground, group, school)
    learned = put(ground, group, ground.evening.tree.county, board=Board.LEARNED)

    for entry in (waiting, learned):
        with pytest.raises(RuleBroken, match="entry_not_shown"):
            set_tip(entry=entry, on=True, by=BY, now=NOW)


def test_tips_reach_the_schools_of_the_group_and_nobody_else(
    ground: Ground, group: GroupRow
) -> None:
    tree = ground.evening.tree
    cast = make_cast(tree)
    entry = put(ground, group, tree.other_school)
    show(entry)
    set_tip(entry=entry, on=True, by=BY, now=NOW)

    def tips(user_id: int) -> list[str]:
        return [tip.text for tip in list_tips(list_posts(user_id, DAY), DAY)]

    assert tips(cast.principal.pk) == ["先连校园网再扫码"]
    assert tips(cast.office.pk) == ["先连校园网再扫码"]
    assert tips(cast.outsider.pk) == []
    set_tip(entry=entry, on=False, by=BY, now=NOW)
    assert tips(cast.principal.pk) == []
