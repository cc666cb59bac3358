"""How a unit heads and numbers its papers, and its named lists of receivers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.documents.actions.drafting import check_note
from mingtian.documents.models import Letterhead, SendingList
from mingtian.documents.rules import address_of, check_symbol
from mingtian.org.queries import UnitRow

LONGEST_NAME = 60


def set_letterhead(*, unit: UnitRow, mark: str, symbol: str, by: Actor, now: datetime) -> None:
    """Choose the red line and the short name for numbers. What is issued keeps its own."""
    symbol, mark = symbol.strip(), check_note(mark)
    check_symbol(symbol)
    if not mark or len(mark) > LONGEST_NAME:
        raise RuleBroken("mark_malformed", most=LONGEST_NAME)
    try:
        with transaction.atomic():
            Letterhead.objects.update_or_create(
                unit_id=unit.id, defaults={"mark": mark, "symbol": symbol}
            )
            _record("documents.letterhead", unit, by, now)
    except IntegrityError as error:
        raise RuleBroken("symbol_taken") from error


def save_list(
    *, unit: UnitRow, name: str, addresses: Sequence[str], by: Actor, now: datetime
) -> SendingList:
    """Keep receivers under a name; the same name again changes the list."""
    name = check_note(name)
    if not name or len(name) > LONGEST_NAME:
        raise RuleBroken("list_without_name", most=LONGEST_NAME)
    if not addresses:
        raise RuleBroken("list_without_receivers")
    keys = [address_of(key).key for key in dict.fromkeys(addresses)]
    with transaction.atomic():
        made, _new = SendingList.objects.update_or_create(
            unit_id=unit.id, name=name, defaults={"addresses": keys}
        )
        _record("documents.list_saved", unit, by, now)
    return made


def drop_list(*, unit: UnitRow, public_id: str, by: Actor, now: datetime) -> None:
    """Delete a named list; one that is gone already is gone."""
    with transaction.atomic():
        SendingList.objects.filter(unit_id=unit.id, public_id=public_id).delete()
        _record("documents.list_dropped", unit, by, now)


def _record(action: str, unit: UnitRow, by: Actor, now: datetime) -> None:
    audit.record(actor=by.username, action=action, subject=f"unit:{unit.public_id}", now=now)
