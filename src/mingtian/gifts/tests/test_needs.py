"""Need codes tell nothing, and reach licensed partners alone (AID-9; domain.md 11.8, 12)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.http import Http404

from mingtian.children.actions import withdraw_consent
from mingtian.children.queries import list_consents
from mingtian.children.rules import ConsentPurpose
from mingtian.core.errors import RuleBroken
from mingtian.gifts import actions
from mingtian.gifts.access import get_need
from mingtian.gifts.models import HandOut, Need, Partner
from mingtian.gifts.queries.needs import ListedNeed, list_handouts, list_needs
from mingtian.gifts.rules import NeedState, Thing, check_note, check_size
from mingtian.gifts.tests.conftest import Place
from mingtian.testing.make import NOW
from mingtian.vault.access import enter, keep
from mingtian.vault.models import Child
from mingtian.vault.rules import Purpose


def listed(place: Place, partner: Partner | None = None) -> list[ListedNeed]:
    given = partner or place.partner()
    with enter(place.office, now=NOW, purpose=Purpose.AID) as door:
        return actions.hand_out(door, given, [place.tree.county.pk])


def withdraw(place: Place, child: Child) -> None:
    with enter(place.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        (given,) = [c for c in list_consents(child.pk) if c.purpose is ConsentPurpose.SHARING]
        withdraw_consent(door, child.pk, given.public_id)


def test_a_released_need_goes_to_a_licensed_partner_under_a_code(place: Place) -> None:
    child = place.child()
    need = place.need(child, size="140", note="深色、防水的")
    assert listed(place) == []
    assert place.release(need)
    assert not place.release(need)

    (row,) = listed(place)

    assert (row.thing, row.size, row.note, row.county) == (Thing.COAT, "140", "深色、防水的", "")
    assert row.code == need.code
    assert row.code not in {child.public_id, need.public_id}


def test_the_county_is_named_only_with_five_children_of_the_same_need(place: Place) -> None:
    for number in range(5):
        need = place.need(place.child(name=f"林{'甲乙丙丁戊'[number]}安"), size="140")
        assert {row.county for row in listed(place)} <= {""}
        place.release(need)
    place.release(place.need(place.child(name="林己安"), size="150"))

    rows = listed(place)

    assert [row.county for row in rows if row.size == "140"] == ["安平县"] * 5
    assert [row.county for row in rows if row.size == "150"] == [""]


def test_without_consent_nothing_is_written_and_withdrawing_takes_the_code_down(
    place: Place,
) -> None:
    with pytest.raises(RuleBroken, match="children_consent_missing"):
        place.need(place.child(consents=[], name="许明川"))
    child = place.child()
    need = place.need(child)
    place.release(need)
    assert len(listed(place)) == 1

    withdraw(place, child)

    assert listed(place) == []
    with enter(place.office, now=NOW, purpose=Purpose.AID) as door:
        assert [row.agreed for row in list_needs(door)] == [False]
    with pytest.raises(RuleBroken, match="children_consent_withdrawn"):
        place.need(child, Thing.SHOES)


def test_a_need_withdrawn_is_on_no_list_and_the_office_knows_who_had_it(place: Place) -> None:
    need = place.need(place.child())
    place.release(need)
    partner = place.partner()
    listed(place, partner)
    for new in (True, False):
        with enter(place.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
            found = get_need(door, need.public_id)
            assert actions.end_need(door, found, NeedState.WITHDRAWN) is new
    assert listed(place, partner) == []
    with enter(place.office, now=NOW, purpose=Purpose.AID) as door:
        rows = list_handouts(door, [partner.pk])
    assert [(row.codes, row.down) for row in rows] == [(0, ()), (1, (need.code,))]


@pytest.mark.parametrize(
    ("licence", "until"), [("", date(2024, 9, 1)), ("L-1", date(2023, 9, 17)), ("L-1", None)]
)
def test_a_partner_without_a_valid_licence_gets_no_list(
    place: Place, licence: str, until: date
) -> None:
    with pytest.raises(RuleBroken, match="gifts_partner_unlicensed"):
        listed(place, place.partner(licence, until))
    assert HandOut.objects.count() == 0


def test_another_person_releases_and_the_database_sees_to_it(place: Place) -> None:
    need = place.need(place.child())
    with pytest.raises(RuleBroken, match="gifts_own_need"):
        place.release(need, by=place.worker)
    with (
        pytest.raises(IntegrityError, match="two_people"),
        enter(place.worker, now=NOW, purpose=Purpose.CASE_WORK),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE gifts_need SET state = 'released', released_by_id = %s", [place.worker.pk]
        )


def test_one_need_of_a_kind_stands_for_a_child(place: Place) -> None:
    child = place.child()
    need = place.need(child, size="140")
    assert place.need(child, size="140").pk == need.pk
    with pytest.raises(RuleBroken, match="gifts_need_stands"):
        place.need(child, size="150")


def test_helpers_and_far_offices_see_no_need_and_the_owner_none(place: Place) -> None:
    child = place.child()
    place.help(child)
    need = place.need(child)
    with enter(place.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert list_needs(door) == []
        with pytest.raises(Http404):
            get_need(door, need.public_id)
    assert Need.objects.count() == 0
    with keep("look"):
        assert Need.objects.count() == 1


@pytest.mark.parametrize("note", [
    "给何思远的", "思远要深色", "何安和代收", "柳河要暖和的", "河口镇的", "电话13900000001", "一三九零零零零零零零一",
    "第一小学", "三年级用", "二班", "九岁", "今年9岁", "2014年5月出生", "生日快到了", "爸妈在外", "奶奶带着", "孤儿用", "单亲",
    "家里困难", "有残疾", "微信联系", "王小明的", "给李雷用", "姓何", "Li Lei", "for a poor boy", "He is 9 years old",
    "class 2", "a boy of Liuhe Village", "Hekou", "1 3 9 0 0 0 0 0 0 0 1", "2014.5.6", "５月６日",
])  # fmt: skip
def test_a_note_that_could_tell_is_refused(note: str) -> None:
    known = [
        "何思远",
        "何安和",
        "柳河村",
        "河口镇",
        "第一小学",
        "Liuhe Village",
        "Hekou Town",
        "安平县",
    ]
    with pytest.raises(RuleBroken, match="gifts_tells_too_much"):
        check_note(note, known)


@pytest.mark.parametrize("note", [
    "深色、防水的", "男款,长一些", "黄色的更好", "厚一点,带帽子", "20寸,带车筐", "dark, waterproof", "36码,防滑",
    "铁皮的结实一些", "with a lid", "高帮的",
])  # fmt: skip
def test_a_note_about_the_thing_passes(note: str) -> None:
    assert check_note(note, ["何思远", "柳河村"]) == note


def test_words_too_long_and_no_sizes_are_refused() -> None:
    with pytest.raises(RuleBroken, match="gifts_note_too_long"):
        check_note("厚" * 41)
    with pytest.raises(RuleBroken, match="gifts_size_impossible"):
        check_size("9岁")
    assert [check_size(each) for each in ("140", "36.5", "ｘｌ", "")] == ["140", "36.5", "XL", ""]
