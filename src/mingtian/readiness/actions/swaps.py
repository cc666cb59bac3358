"""Change turns with a colleague, or hand one over; both have to say so (SUP-5)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import path_on, person_name
from mingtian.readiness.actions.actor import note
from mingtian.readiness.actions.duty import check_free, drop_open_swaps
from mingtian.readiness.models import Swap, Turn
from mingtian.readiness.queries.duty import list_staff
from mingtian.readiness.rules import MOST_TEXT, check_evening
from mingtian.readiness.statements import lock_evenings


def ask_swap(
    *, turn: Turn, whom: str = "", back: str = "", words: str = "", by: Actor, now: datetime
) -> Swap:
    """Ask a colleague to take the turn: ``back`` is the turn taken in return, by public id.

    Without ``back``, ``whom`` (an account of the school) is asked to take it over. The turn
    changes only when the other agrees. Raises RuleBroken for oneself, an evening that is over,
    somebody of another school or evening, and a turn about which somebody is asked already.
    """
    check_evening(turn.lecture.ends_at, now)
    returned = _turn_back(turn, back, now) if back else None
    asked = returned.user_id if returned else _colleague(turn, whom, now)
    if asked in {turn.user_id, by.user_id}:
        raise RuleBroken("swap_with_oneself")
    if len(words.strip()) > MOST_TEXT:
        raise RuleBroken("readiness_words_too_long", most=MOST_TEXT)
    try:
        with transaction.atomic():
            swap = Swap.objects.create(
                turn=turn, back=returned, asked_by_id=turn.user_id, asked_of_id=asked,
                note=words.strip(), asked_at=now,
            )  # fmt: skip
            note("swap_asked", f"turn:{turn.public_id}", by, now, over=returned is None)
    except IntegrityError as error:
        raise RuleBroken("swap_open_already") from error
    return swap


def answer_swap(*, swap: Swap, agreed: bool, by: Actor, now: datetime) -> Swap:
    """Agree, and the turns change hands; or decline. Only the one who is asked may.

    Raises RuleBroken when it was answered, when a turn has changed since, when an evening is
    over, and when somebody would be in two places.
    """
    with transaction.atomic():
        if agreed:
            # Before the row, as whoever names duty does: the other order could stop both.
            lock_evenings(each.lecture.held_on for each in (swap.turn, swap.back) if each)
        found = _open(swap)
        if found.asked_of_id != by.user_id:
            raise RuleBroken("swap_answered")
        if agreed:
            _change_hands(found, now)
        found.state = Swap.AGREED if agreed else Swap.DECLINED
        found.answered_at = now
        found.save(update_fields=["state", "answered_at"])
        note("swap_answered", f"turn:{found.turn.public_id}", by, now, agreed=agreed)
        if agreed:
            drop_open_swaps([key for key in (found.turn_id, found.back_id) if key], now)
    return found


def withdraw_swap(*, swap: Swap, by: Actor, now: datetime) -> Swap:
    """Take a request back; only the one who asked may."""
    with transaction.atomic():
        found = _open(swap)
        if found.asked_by_id != by.user_id:
            raise RuleBroken("swap_answered")
        found.state, found.answered_at = Swap.WITHDRAWN, now
        found.save(update_fields=["state", "answered_at"])
        note("swap_withdrawn", f"turn:{found.turn.public_id}", by, now)
    return found


def _change_hands(swap: Swap, now: datetime) -> None:
    """Give the turns to each other; the caller holds the evenings' locks."""
    turn, back = swap.turn, swap.back
    keys = [each.pk for each in (turn, back) if each]
    holders = dict(Turn.objects.filter(pk__in=keys).values_list("pk", "user_id"))
    stale = holders.get(turn.pk) != swap.asked_by_id
    if stale or (back is not None and holders.get(back.pk) != swap.asked_of_id):
        raise RuleBroken("swap_lapsed")
    staff = {each.id for each in list_staff(path_on(turn.unit_id, day_of(now)), day_of(now))}
    if swap.asked_of_id not in staff or (back is not None and swap.asked_by_id not in staff):
        raise RuleBroken("swap_lapsed")
    for each in (turn, back):
        if each is not None:
            check_evening(each.lecture.ends_at, now)
    check_free(swap.asked_of_id, person_name(swap.asked_of), turn.lecture.held_on, keys)
    if back is not None:
        check_free(swap.asked_by_id, person_name(swap.asked_by), back.lecture.held_on, keys)
    _give(turn, swap.asked_of_id, now)
    if back is not None:
        _give(back, swap.asked_by_id, now)


def _give(turn: Turn, user_id: int, now: datetime) -> None:
    turn.user_id, turn.named_at = user_id, now
    turn.save(update_fields=["user", "named_at"])


def _open(swap: Swap) -> Swap:
    found = (
        Swap.objects.select_for_update(no_key=True, of=("self",))
        .select_related("turn__lecture", "back__lecture", "asked_by", "asked_of")
        .filter(pk=swap.pk)
        .first()
    )
    if found is None or found.state != Swap.OPEN:
        raise RuleBroken("swap_answered")
    return found


def _turn_back(turn: Turn, back: str, now: datetime) -> Turn:
    found = (
        Turn.objects.select_related("lecture")
        .filter(public_id=back, unit_id=turn.unit_id, lecture__campaign_id=turn.lecture.campaign_id)
        .first()
    )
    if found is None:
        raise RuleBroken("not_of_this_campaign")
    if found.lecture_id == turn.lecture_id:
        # First and substitute of one evening: the principal names them anew.
        raise RuleBroken("duty_doubled", who=person_name(found.user))
    check_evening(found.lecture.ends_at, now)
    return found


def _colleague(turn: Turn, whom: str, now: datetime) -> int:
    path = path_on(turn.unit_id, day_of(now))
    for each in list_staff(path, day_of(now)):
        if each.username == whom:
            return each.id
    raise RuleBroken("not_of_this_campaign")
