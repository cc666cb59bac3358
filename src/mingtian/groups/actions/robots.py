"""Set up a group's robot, and let robots say what is due (decision 0016)."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.core.seal import SealBroken
from mingtian.groups.actions.stopping import stop_robot
from mingtian.groups.models import Delivery, Group, Robot, RobotCall
from mingtian.groups.robots.outlets import say
from mingtian.groups.robots.wire import SECONDS
from mingtian.groups.rows import GroupRow
from mingtian.groups.rules import (
    CALLS_A_MINUTE,
    GIVE_UP_AFTER,
    MOST_CALLS,
    VENDOR_OF,
    Audience,
    Called,
    Said,
    Vendor,
    Words,
    check_robot,
    is_quiet,
    pause_after,
)
from mingtian.groups.sealing import place_of_robot, sealer
from mingtian.groups.statements import Values, rows

log = logging.getLogger(__name__)

AT_ONCE = 32
"""So many robots are spoken to side by side: one that hangs holds up nobody."""

MOST_ROUNDS = 8
LONGEST_SECRET = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A text whose hour has come, taken by this worker alone."""

    delivery_id: int
    group_id: int
    number: int
    vendor: Vendor
    address: str
    secret: str
    text: str


def set_robot(*, group: GroupRow, address: str, secret: str, by: Actor, now: datetime) -> None:
    """Keep a group's robot, sealed. Raises RuleBroken for another platform, host or form.

    A secret that begins or ends with blanks was copied badly; they are taken off.
    """
    vendor = VENDOR_OF.get(group.platform)
    if vendor is None:
        raise RuleBroken("robot_not_on_platform")
    if group.closed_on is not None:
        raise RuleBroken("group_closed")
    there, kept = address.strip(), secret.strip()
    try:
        check_robot(vendor, there, hosts=settings.ROBOT_HOSTS)
    except RuleBroken as refused:
        _note("groups.robot_refused", group.public_id, by.username, now, code=refused.code)
        raise
    if len(kept) > LONGEST_SECRET:
        raise RuleBroken("robot_secret_too_long", most=LONGEST_SECRET)
    values = {
        "vendor": vendor.value,
        "address_sealed": sealer().seal(there, place_of_robot("address", group.public_id)),
        "secret_sealed": (
            sealer().seal(kept, place_of_robot("secret", group.public_id)) if kept else None
        ),
        "set_at": now,
        "set_by_id": by.user_id,
    }
    with transaction.atomic():
        Group.objects.select_for_update(no_key=True).get(pk=group.id)
        Robot.objects.update_or_create(group_id=group.id, defaults=values)
        _note("groups.robot_set", group.public_id, by.username, now, vendor=vendor.value)


def remove_robot(*, group: GroupRow, by: Actor, now: datetime) -> bool:
    """Forget a group's robot; False when there was none."""
    with transaction.atomic():
        gone = stop_robot(group.id)
        if gone:
            _note("groups.robot_removed", group.public_id, by.username, now)
    return gone


def call_due(*, now: datetime) -> int:
    """Let robots say what is due; return how many calls were made.

    Several workers may run it at once: each call is written under its own number before it is
    made, so nothing is said twice by two. A worker that dies in between leaves a call without
    outcome, and the text is tried again after its pause.
    """
    made = 0
    for _round in range(MOST_ROUNDS):
        turns = claim(now=now)
        if turns is None:
            break
        made += len(turns)
        _call(turns, now)
    return made


def claim(*, now: datetime) -> list[Turn] | None:
    """Take what is due, as far as each vendor's limit allows, and write the calls down.

    None when nothing is due; an empty list when all of it was put off or has come too late.
    """
    turns: list[Turn] = []
    values: Values = {"now": now, "most": AT_ONCE}
    with transaction.atomic():
        due = rows("claim", values)
        if not due:
            return None
        used = _calls_lately([cast("int", found[1]) for found in due], now)
        for found in due:
            (key, group, group_id, calls, added, code, audience, closed, vendor, address, secret,
             title, text, link) = found  # fmt: skip
            delivery, robot = cast("int", key), cast("int", group)
            over = _why_not(now, cast("datetime", added), str(audience), bool(closed), str(code))
            if over is not None:
                _end(delivery, over, now)
                continue
            if used.get(robot, 0) >= CALLS_A_MINUTE:
                _put_off(delivery, now + timedelta(minutes=1))
                continue
            number = cast("int", calls) + 1
            try:
                turn = Turn(
                    delivery_id=delivery, group_id=robot, number=number,
                    vendor=Vendor(str(vendor)),
                    address=_opened(address, "address", str(group_id)),
                    secret=_opened(secret, "secret", str(group_id)),
                    text=Words(title=str(title), text=str(text), link=str(link)).for_group,
                )  # fmt: skip
            except SealBroken:
                # A key that is no longer configured stops this robot, not the others.
                _end(delivery, Said(Called.REFUSED, "seal_broken"), now)
                continue
            used[robot] = used.get(robot, 0) + 1
            _write_down(delivery, robot, number, now)
            turns.append(turn)
    return turns


def record(turn: Turn, said: Said, *, now: datetime) -> None:
    """Keep what a robot answered, and when it is called again."""
    with transaction.atomic():
        RobotCall.objects.filter(delivery_id=turn.delivery_id, number=turn.number).update(
            outcome=said.outcome.value, code=said.code
        )
        again = said.again and turn.number < MOST_CALLS
        if again:
            Delivery.objects.filter(pk=turn.delivery_id, robot=Called.DUE.value).update(
                robot_code=said.code, robot_next_at=now + pause_after(turn.number, said)
            )
        else:
            _end(turn.delivery_id, said, now)
    if said.outcome is not Called.SENT:
        log.warning("A robot did not take a text.", extra={"action": f"robot_{said.outcome.value}"})


def _call(turns: Sequence[Turn], now: datetime) -> None:
    if not turns:
        return
    pool = ThreadPoolExecutor(max_workers=len(turns), thread_name_prefix="robot")
    asked: dict[Future[Said], Turn] = {
        pool.submit(say, turn.vendor, turn.address, turn.secret, turn.text, now=now): turn
        for turn in turns
    }
    # Rows are written by this thread alone; the wire itself gives up after SECONDS.
    done, late = wait(asked, timeout=SECONDS + 3)
    pool.shutdown(wait=False, cancel_futures=True)
    for each in done:
        broken = each.exception()
        if broken is not None:
            log.error("A robot could not be called.", exc_info=broken)
        said = Said(Called.SILENT, "no_answer", again=True) if broken else each.result()
        record(asked[each], said, now=now)
    for each in late:
        record(asked[each], Said(Called.SILENT, "no_answer", again=True), now=now)


def _calls_lately(robots: Sequence[int], now: datetime) -> dict[int, int]:
    values: Values = {"groups": list(robots), "minute": now - timedelta(minutes=1)}
    found = rows("calls_lately", values) if robots else []
    return {cast("int", robot): cast("int", calls) for robot, calls in found}


def _why_not(now: datetime, added: datetime, audience: str, closed: bool, code: str) -> Said | None:
    """Say why a text is not said any more, or None when it may be."""
    if closed:
        return Said(Called.LATE, "group_closed")
    if audience == Audience.FAMILIES.value and is_quiet(now):
        return Said(Called.LATE, "quiet_hours")
    if now - added > GIVE_UP_AFTER:
        return Said(Called.SILENT, code or "no_answer")
    return None


def _write_down(delivery_id: int, group_id: int, number: int, now: datetime) -> None:
    RobotCall.objects.create(
        delivery_id=delivery_id, number=number, group_id=group_id, called_at=now
    )
    Delivery.objects.filter(pk=delivery_id).update(
        robot_calls=number, robot_next_at=now + pause_after(number)
    )


def _put_off(delivery_id: int, until: datetime) -> None:
    Delivery.objects.filter(pk=delivery_id).update(robot_next_at=until)


def _end(delivery_id: int, said: Said, now: datetime) -> None:
    # A text that was pasted by hand meanwhile is no longer due; that stays.
    Delivery.objects.filter(pk=delivery_id, robot=Called.DUE.value).update(
        robot=said.outcome.value, robot_code=said.code, robot_next_at=None, robot_done_at=now
    )


def _opened(sealed: object, column: str, group: str) -> str:
    if sealed is None:
        return ""
    return sealer().open(bytes(cast("memoryview", sealed)), place_of_robot(column, group))


def _note(action: str, group: str, actor: str, now: datetime, **detail: str) -> None:
    audit.record(actor=actor, action=action, subject=f"group:{group}", now=now, **detail)
