"""An invitation opens one post, once, for whoever has both the link and the word."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.access import get_unit_for, posts_of
from mingtian.org.rules import Line, Role
from mingtian.staff.actions import (
    Made,
    Newcomer,
    accept_as,
    accept_as_newcomer,
    invite,
    withdraw,
)
from mingtian.staff.models import Invitation
from mingtian.staff.rules import OPEN_FOR, tidy_word
from mingtian.staff.tests.conftest import House, offer
from mingtian.testing.make import DAY, NOW

GOOD = Newcomer(username="mingchuan", password="rain-on-the-roof")
WRONG = "999999"


def wrong_word(made: Made) -> str:
    return "000000" if made.word != "000000" else "111111"


def refused(
    made: Made, *, word: str = "", newcomer: Newcomer = GOOD, after: timedelta = timedelta()
) -> str:
    with pytest.raises(RuleBroken) as refusal:
        accept_as_newcomer(
            secret=made.secret, word=word or made.word, newcomer=newcomer, now=NOW + after
        )
    return refusal.value.code


def test_link_and_word_together_make_an_account_with_the_post(house: House, invited: Made) -> None:
    user = accept_as_newcomer(secret=invited.secret, word=invited.word, newcomer=GOOD, now=NOW)

    assert user.get_full_name() == "周明川"
    assert user.check_password(GOOD.password)
    assert [(p.unit, p.role) for p in posts_of(user, DAY)] == [
        (house.tree.class_one, Role.CLASS_TEACHER)
    ]
    assert get_unit_for(user, house.tree.class_one.public_id, DAY) == house.tree.class_one


def test_link_and_word_are_kept_as_hashes_only(invited: Made) -> None:
    row = Invitation.objects.filter(pk=invited.invitation.pk).values().get()

    kept = " ".join(
        bytes(value).hex() if isinstance(value, memoryview | bytes) else str(value)
        for value in row.values()
    )
    assert len(invited.secret) == 22
    assert len(invited.word) == 6
    assert invited.secret not in kept
    assert bytes(row["secret_hash"]) != invited.secret.encode()
    assert invited.word.encode() not in bytes(row["word_hash"])


def test_a_forwarded_link_opens_nothing_without_the_word(invited: Made) -> None:
    assert refused(invited, word=wrong_word(invited)) == "invitation_wrong_word"
    assert not User.objects.filter(username=GOOD.username).exists()
    invited.invitation.refresh_from_db()
    assert invited.invitation.wrong_words == 1


def test_five_wrong_words_end_an_invitation(invited: Made) -> None:
    codes = [refused(invited, word=wrong_word(invited)) for _ in range(5)]

    assert codes == ["invitation_wrong_word"] * 4 + ["invitation_ended"]
    assert refused(invited) == "invitation_ended"


def test_a_used_invitation_opens_nothing_again(invited: Made) -> None:
    accept_as_newcomer(secret=invited.secret, word=invited.word, newcomer=GOOD, now=NOW)

    other = Newcomer(username="somebody", password=GOOD.password)
    assert refused(invited, newcomer=other) == "invitation_used"


def test_an_invitation_expires_after_seven_days(invited: Made) -> None:
    assert refused(invited, after=OPEN_FOR) == "invitation_expired"
    still = OPEN_FOR - timedelta(seconds=1)
    user = accept_as_newcomer(
        secret=invited.secret, word=invited.word, newcomer=GOOD, now=NOW + still
    )
    assert user.is_active


def test_a_withdrawn_invitation_opens_nothing(invited: Made) -> None:
    assert withdraw(invitation=invited.invitation, actor="principal", now=NOW)
    assert not withdraw(invitation=invited.invitation, actor="principal", now=NOW)

    assert refused(invited) == "invitation_withdrawn"


def test_what_was_used_cannot_be_withdrawn(invited: Made) -> None:
    accept_as_newcomer(secret=invited.secret, word=invited.word, newcomer=GOOD, now=NOW)

    with pytest.raises(RuleBroken, match="invitation_closed"):
        withdraw(invitation=invited.invitation, actor="principal", now=NOW)


def test_an_unknown_link_finds_nothing(house: House) -> None:
    with pytest.raises(Http404):
        accept_as_newcomer(secret="x" * 22, word="123456", newcomer=GOOD, now=NOW)


@pytest.mark.parametrize("name", ["principal", "Principal", "ｐｒｉｎｃｉｐａｌ"])
def test_a_name_that_somebody_has_is_refused(invited: Made, name: str) -> None:
    newcomer = Newcomer(username=name, password=GOOD.password)

    assert refused(invited, newcomer=newcomer) == "account_name_taken"
    invited.invitation.refresh_from_db()
    assert invited.invitation.used_at is None


@pytest.mark.parametrize("name", ["ab", "12345678", "with blank", "x" * 31, ".dot", ""])
def test_a_name_that_is_hard_to_type_is_refused(invited: Made, name: str) -> None:
    newcomer = Newcomer(username=name, password=GOOD.password)

    assert refused(invited, newcomer=newcomer) == "account_name_unfit"


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "mingchuan1"])
def test_a_weak_password_is_refused(invited: Made, password: str) -> None:
    newcomer = Newcomer(username=GOOD.username, password=password)

    assert refused(invited, newcomer=newcomer) == "password_weak"
    assert not User.objects.filter(username=GOOD.username).exists()


def test_somebody_with_an_account_adds_the_post_to_it(house: House) -> None:
    made = invite(
        spec=offer(house.tree.other_school, Role.PRINCIPAL), inviter=house.office,
        actor="county.office", now=NOW,
    )  # fmt: skip

    accept_as(secret=made.secret, word=made.word, user=house.principal, now=NOW)

    assert {post.unit for post in posts_of(house.principal, DAY)} == {
        house.tree.school,
        house.tree.other_school,
    }


def test_the_term_of_the_invitation_is_the_term_of_the_post(house: House) -> None:
    last = DAY + timedelta(days=100)
    made = invite(
        spec=offer(house.tree.class_one, Role.CLASS_TEACHER, ends_on=last),
        inviter=house.principal, actor="principal", now=NOW,
    )  # fmt: skip

    user = accept_as_newcomer(secret=made.secret, word=made.word, newcomer=GOOD, now=NOW)

    assert posts_of(user, last - timedelta(days=1)).exists()
    assert not posts_of(user, last).exists()


def test_whoever_accepts_late_begins_that_day(invited: Made) -> None:
    later = NOW + timedelta(days=3)

    user = accept_as_newcomer(secret=invited.secret, word=invited.word, newcomer=GOOD, now=later)

    assert not posts_of(user, DAY).exists()
    assert posts_of(user, DAY + timedelta(days=3)).exists()


@pytest.mark.parametrize("ends_on", [DAY, DAY - timedelta(days=1), date(2020, 1, 1)])
def test_a_term_without_a_day_is_refused(house: House, ends_on: date) -> None:
    with pytest.raises(RuleBroken, match="term_empty"):
        invite(
            spec=offer(house.tree.class_one, Role.CLASS_TEACHER, ends_on=ends_on),
            inviter=house.principal, actor="principal", now=NOW,
        )  # fmt: skip


def test_one_form_sent_twice_invites_once(house: House) -> None:
    spec = offer(house.tree.class_one, Role.CLASS_TEACHER, once="the-form")

    first = invite(spec=spec, inviter=house.principal, actor="principal", now=NOW)
    second = invite(spec=spec, inviter=house.principal, actor="principal", now=NOW)

    assert second.invitation == first.invitation
    assert (second.secret, second.word) == ("", "")
    assert Invitation.objects.count() == 1


def test_nobody_gives_more_than_they_reach(house: House) -> None:
    """The county leads its schools; the sector's guiding line may hold others as well."""
    spec = offer(house.tree.city_education, Role.OFFICE, line=Line.GUIDES)

    with pytest.raises(RuleBroken, match="invitation_reaches_further"):
        invite(spec=spec, inviter=house.office, actor="county.office", now=NOW)
    assert AuditEntry.objects.filter(action="staff.invite_refused").exists()


def test_a_county_appoints_its_own_sector_along_the_guiding_line(house: House) -> None:
    """All that the county's education committee guides lies within the county."""
    spec = offer(house.tree.county_education, Role.OFFICE, line=Line.GUIDES)

    assert invite(spec=spec, inviter=house.office, actor="county.office", now=NOW).secret


def test_a_post_that_there_is_not_at_the_unit_is_refused(house: House) -> None:
    with pytest.raises(RuleBroken, match="wrong_post"):
        invite(
            spec=offer(house.tree.class_one, Role.DIRECTOR), inviter=house.principal,
            actor="principal", now=NOW,
        )  # fmt: skip


def test_every_step_is_in_the_trail_without_link_word_or_name(house: House, invited: Made) -> None:
    refused(invited, word=wrong_word(invited))
    accept_as_newcomer(secret=invited.secret, word=invited.word, newcomer=GOOD, now=NOW)

    entries = AuditEntry.objects.filter(action__startswith="staff.").order_by("pk")
    assert list(entries.values_list("action", flat=True)) == [
        "staff.invited",
        "staff.invitation_wrong_word",
        "staff.account_made",
        "staff.invitation_accepted",
    ]
    told = " ".join(f"{entry.subject} {entry.detail}" for entry in entries)
    assert not any(word in told for word in (invited.secret, invited.word, "周明川"))


@pytest.mark.parametrize("typed", ["123 456", "１２３４５６", "123-456", " 123456 "])
def test_the_word_may_be_typed_as_it_was_heard(typed: str) -> None:
    assert tidy_word(typed) == "123456"
