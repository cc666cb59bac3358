"""What leaves the office as a file: the list for the bank, the list for a school's notice."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtian.aid.models import Batch, Grant, Listing, Payee
from mingtian.aid.queries.children import names_mine, sight_of
from mingtian.aid.queries.lists import scheme_name
from mingtian.aid.rules import PAID_OUT, ListState, State, mask_account, mask_name, parse_term
from mingtian.aid.statements import rows
from mingtian.core.errors import RuleBroken
from mingtian.core.money import in_yuan
from mingtian.org.queries import unit_rows
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass
from mingtian.web.tables import Cell

if TYPE_CHECKING:
    from mingtian.vault.seals import ChildSeal

Sheet = list[list[Cell]]

PUBLISHED = frozenset({State.APPROVED, State.BATCHED}) | PAID_OUT


def away_in(batch: Batch) -> list[int]:
    """Return the lines of an unpaid batch whose payee the cashier at the door cannot open.

    A child has moved out of the county since, say.
    """
    return [line for (line,) in rows("away", {"batch": batch.pk})]


def bank_rows(door: Door, batch: Batch) -> Sheet:
    """Return the payment list for the bank: every payee is opened, and each noted in the log.

    All lines or none: to be asked for after :func:`away_in` found nothing.
    """
    head: list[Cell] = [
        _("Number"), _("Payee"), _("Account"), _("Bank"), _("Amount in yuan"), _("Reference"),
    ]  # fmt: skip
    lines = list(Grant.objects.filter(batch=batch).select_related("payee").order_by("pk"))
    seals = door.keys({line.child_id for line in lines}, [FieldClass.PAYMENT])
    body: Sheet = [
        [number, *_opened(line.payee, seals[line.child_id]), in_yuan(line.amount), line.public_id]
        for number, line in enumerate(lines, start=1)
    ]
    return [head, *body]


def payees_masked(door: Door, lines: list[Grant]) -> dict[int, tuple[str, str]]:
    """Return payee and masked account of lines whose lists the person keeps, by line.

    Payees of other lists are out of sight: their rows are not there.
    """
    payees = {
        payee.pk: payee
        for payee in Payee.objects.filter(pk__in=[line.payee_id for line in lines if line.payee_id])
    }
    if not payees:
        return {}
    seals = door.keys({payee.child_id for payee in payees.values()}, [FieldClass.PAYMENT])
    shown = {}
    for line in lines:
        payee = payees.get(line.payee_id or 0)
        if payee is not None:
            name, account, _bank = _opened(payee, seals[payee.child_id])
            shown[line.pk] = (name, mask_account(account))
    return shown


def notice_rows(door: Door, listing: Listing, *, by_number: bool, today: date) -> Sheet:
    """Return what may hang on a school's notice (domain.md 11.8): unit, scheme, masked name, amount.

    A child that has moved out of sight is left out. Raises RuleBroken for a scheme whose lists are never
    shown, a list that nobody has approved, and after the term.
    """
    if not listing.scheme.published:
        raise RuleBroken("aid_not_published")
    if listing.state != ListState.APPROVED:
        raise RuleBroken("aid_not_approved_yet")
    if today > parse_term(listing.term).last:
        raise RuleBroken("aid_notice_over")
    lines = list(Grant.objects.filter(listing=listing, state__in=PUBLISHED).order_by("pk"))
    seen = sight_of(line.child_id for line in lines)
    names = {} if by_number else names_mine(door, seen)
    unit = unit_rows([listing.unit_id], today)[listing.unit_id].title
    scheme = scheme_name(listing.scheme)
    who = _("Number") if by_number else _("Name")
    sheet: Sheet = [[_("School or town"), _("Scheme"), who, _("Amount in yuan")]]
    for line in lines:
        if line.child_id in seen.numbers:
            name = names.get(line.child_id)
            shown = mask_name(name) if name else seen.numbers[line.child_id]
            sheet.append([unit, scheme, shown, in_yuan(line.amount)])
    return sheet


def _opened(payee: Payee | None, seal: "ChildSeal") -> Iterator[str]:
    assert payee is not None, "whoever asks has looked that every payee is there"
    for column in ("name", "account", "bank"):
        sealed = getattr(payee, column)
        yield seal.open(FieldClass.PAYMENT, sealed, "aid_payee", column, payee.public_id)
