"""Pass a prompt on, and prompt the next link: never past it (SUP-3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.groups.actions import Sender, To, send
from mingtian.org.queries import UnitRow, find_unit, path_on, unit_rows
from mingtian.prompts.access import Place
from mingtian.prompts.models import Prompt
from mingtian.prompts.queries.chain import LinkRow, list_links
from mingtian.prompts.rules import Kind, check_link, check_open, check_time
from mingtian.prompts.statements import rows


def pass_on(*, place: Place, by: Actor, now: datetime) -> int:
    """Note that the unit has passed on what it was asked; return how many prompts that were.

    Where somebody above asked about missing families, the next link is prompted with it. A second
    time by the same person changes nothing and returns 0. Raises RuleBroken when nothing was
    asked, when somebody else has passed it on, after the lecture, and at a class after nine.
    """
    with transaction.atomic():
        found = list(
            Prompt.objects.select_for_update(no_key=True)
            .filter(lecture_id=place.evening.lecture_id, unit_id=place.unit.id, missed=False)
            .order_by("pk")
        )
        waiting = [each for each in found if each.passed_on_at is None]
        if found and not waiting and any(each.passed_on_by_id == by.user_id for each in found):
            return 0
        check_open([each.passed_on_at for each in found])
        for each in waiting:
            check_time(Kind(each.kind), place.unit.kind, place.evening.times, now)
            each.passed_on_at, each.passed_on_by_id = now, by.user_id
            each.save(update_fields=["passed_on_at", "passed_on_by"])
        if any(each.kind == Kind.MISSING.value for each in waiting):
            _ask(place, [link for link in list_links(place) if link.missing], now)
        _note("prompts.passed_on", place, by, now, prompts=len(waiting))
    return len(waiting)


def pass_on_by_robot(
    *, place: Place, groups: Sequence[str], text: str, by: Actor, now: datetime
) -> int:
    """Let the robots of the unit's own groups say the text, and note that it was passed on.

    Raises RuleBroken as pass_on does, and what groups refuses.
    """
    evening = place.evening
    with transaction.atomic():
        passed = pass_on(place=place, by=by, now=now)
        if passed:
            send(
                text=text,
                to=To(groups=groups),
                source=f"prompts:{evening.lecture_id}:{place.unit.id}:{now:%m%d%H%M%S}",
                by=Sender(username=by.username, unit_id=place.unit.id, user_id=by.user_id),
                now=now,
            )
    return passed


def prompt(*, place: Place, to: str, by: Actor, now: datetime) -> int:
    """Prompt one unit of the next link, or with an empty ``to`` all where pupils are missing.

    Return how many were new. Raises RuleBroken for a unit that is not the next link, before the
    doors open and after the lecture, when nobody is missing, and when all were prompted before.
    """
    if to:
        _check_receiver(place, to)
    check_time(Kind.MISSING, place.unit.kind, place.evening.times, now)
    links = list_links(place)
    wanted = [link for link in links if (link.public_id == to if to else link.missing)]
    if to and not wanted:
        raise RuleBroken("prompt_not_your_link")
    if not any(link.missing for link in wanted):
        raise RuleBroken("prompt_nobody_missing")
    with transaction.atomic():
        new = _ask(place, wanted, now)
        if not new:
            _refuse_second(place, wanted)
        else:
            _note("prompts.prompted", place, by, now, units=new)
    return new


def _check_receiver(place: Place, public_id: str) -> None:
    """Refuse whoever is not the next link below; units out of reach read the same."""
    day = place.evening.held_on
    found: UnitRow | None = find_unit(public_id, day)
    path = path_on(found.id, day, place.line) if found else []
    if place.unit.id not in path:
        raise RuleBroken("prompt_not_your_link")
    way = path[path.index(place.unit.id) :]
    units = unit_rows(way, day)
    check_link([units[key].kind for key in way])


def _ask(place: Place, links: Iterable[LinkRow], now: datetime) -> int:
    """Prompt these units; return how many had not been prompted before, by whomever."""
    values: dict[str, object] = {
        "lecture": place.evening.lecture_id,
        "units": sorted(link.id for link in links),
        "kind": Kind.MISSING.value,
        "from": place.unit.id,
        "now": now,
    }
    return len(rows("ask", values))


def _refuse_second(place: Place, links: Sequence[LinkRow]) -> None:
    """Say when it was prompted; the same unit pressing twice is told nothing new."""
    standing = Prompt.objects.filter(
        lecture_id=place.evening.lecture_id, kind=Kind.MISSING.value,
        unit_id__in=[link.id for link in links],
    ).order_by("made_at")  # fmt: skip
    first = standing.first()
    if first is not None and first.sent_from_id != place.unit.id:
        local = first.made_at.astimezone(SHANGHAI)
        raise RuleBroken("prompt_sent_already", at=f"{local:%H:%M}")


def _note(action: str, place: Place, by: Actor, now: datetime, **detail: int) -> None:
    audit.record(
        actor=by.username, action=action, subject=f"unit:{place.unit.public_id}", now=now,
        lecture=place.evening.lecture_id, **detail,
    )  # fmt: skip
