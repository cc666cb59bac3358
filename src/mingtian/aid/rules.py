"""What a grant may be: terms, rates, states, who may decide (AID-5, AID-8). Pure Python."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Bound, Figure
from mingtian.core.money import FEN, yuan
from mingtian.org.rules import Role, UnitKind

LARGEST = 100_000 * FEN
"""No grant of one term is larger."""

MOST_DAYS = 200
"""A term has fewer days of school."""

MOST_LINES = 10_000
"""So many lines one list has at most, and so many are approved or paid in one step."""

ENTRY_AFTER = timedelta(days=60)
"""So long after a term's last day lists of the term are still entered."""

FILE_KEPT = timedelta(hours=24)
"""So long the file for the bank can be fetched."""


class Season(StrEnum):
    """The two terms of a year: spring begins on 1 March, autumn on 1 September."""

    SPRING = "1"
    AUTUMN = "2"


@dataclass(frozen=True, order=True, slots=True)
class Term:
    """A school term, named by the year in which it begins. Terms are in the order of time."""

    year: int
    season: Season

    @property
    def code(self) -> str:
        """The form in tables and addresses, as ``2024-1`` for the spring of 2024."""
        return f"{self.year}-{self.season.value}"

    @property
    def first(self) -> date:
        return date(self.year, 3 if self.season is Season.SPRING else 9, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Term":
        """The term after this one."""
        if self.season is Season.SPRING:
            return Term(self.year, Season.AUTUMN)
        return Term(self.year + 1, Season.SPRING)

    @property
    def before(self) -> "Term":
        """The term before this one."""
        if self.season is Season.SPRING:
            return Term(self.year - 1, Season.AUTUMN)
        return Term(self.year, Season.SPRING)

    @property
    def entered_until(self) -> date:
        """The last day on which lists of this term are entered."""
        return self.last + ENTRY_AFTER

    def __str__(self) -> str:
        return self.code


def parse_term(code: str) -> Term:
    """Return the term of a code; raises RuleBroken for what is none."""
    found = re.fullmatch(r"(20[0-9]{2})-([12])", code)
    if found is None:
        raise RuleBroken("aid_term_unknown")
    return Term(int(found[1]), Season(found[2]))


def term_of(day: date) -> Term:
    """Return the term in which a day lies; holidays belong to the term before them."""
    if day.month < 3:
        return Term(day.year - 1, Season.AUTUMN)
    return Term(day.year, Season.SPRING if day.month < 9 else Season.AUTUMN)


def check_term_open(term: Term, today: date) -> None:
    """Raise RuleBroken unless lists of the term are entered on this day."""
    if today > term.entered_until:
        raise RuleBroken("aid_term_closed", until=term.entered_until.isoformat())
    if term > term_of(today).next:
        raise RuleBroken("aid_term_not_yet")


class Level(StrEnum):
    """Stages of schooling that rates tell apart; ``any`` is a rate for all of them."""

    ANY = "any"
    NURSERY = "nursery"
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"
    SPECIAL = "special"


class Per(StrEnum):
    """What a rate is for. A term's grant is half a year's rate, a term's, or so many days'."""

    YEAR = "year"
    TERM = "term"
    DAY = "day"


class SchemeKind(StrEnum):
    """The sorts of schemes: assistances, exemptions and supplements of a county's rules, others."""

    ASSISTANCE = "assistance"
    EXEMPTION = "exemption"
    SUPPLEMENT = "supplement"
    SUPPORT = "support"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A rate in fen for a level, boarders or not (None: both), from a day until another, excluded."""

    level: Level
    boarding: bool | None
    per: Per
    amount: int
    valid_from: date
    valid_to: date | None = None
    id: int = 0

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def fits(self, level: Level, *, boarding: bool) -> bool:
        """Say whether it is for such a child."""
        return self.level in {level, Level.ANY} and self.boarding in {boarding, None}

    def due(self, days: int = 1) -> int:
        """Return what is due for a term, or for so many days of it."""
        return due(self.per, self.amount, days)


def due(per: Per, amount: int, days: int = 1) -> int:
    """Return what a rate gives for a term. ``days`` counts only for daily rates."""
    if per is Per.YEAR:
        return amount // 2
    return amount * days if per is Per.DAY else amount


def check_rate(rate: Rate) -> None:
    """Raise RuleBroken for a rate that cannot be kept."""
    if not 0 < rate.amount <= LARGEST or (rate.per is Per.YEAR and rate.amount % 2):
        raise RuleBroken("aid_rate_impossible")
    if rate.valid_to is not None and rate.valid_to <= rate.valid_from:
        raise RuleBroken("aid_rate_days")


def check_days(rate: Rate, days: int) -> None:
    """Raise RuleBroken unless the number of days suits the rate."""
    if not 1 <= days <= MOST_DAYS or (rate.per is not Per.DAY and days != 1):
        raise RuleBroken("aid_days_impossible", most=MOST_DAYS)


def pick_rate(rates: Iterable[Rate], level: Level, *, boarding: bool, term: Term) -> Rate:
    """Return the one rate that holds for such a child on the term's first day.

    A rate for the very level comes before one for all. Raises RuleBroken when there is none.
    """
    fitting = [
        rate for rate in rates if rate.holds(term.first) and rate.fits(level, boarding=boarding)
    ]
    if not fitting:
        raise RuleBroken("aid_no_rate")
    return max(fitting, key=lambda rate: (rate.level is level, rate.boarding is not None))


def check_amount(rate: Rate, days: int, amount: int) -> None:
    """Raise RuleBroken unless the amount is what the rate gives."""
    if (wanted := rate.due(days)) != amount:
        raise RuleBroken("aid_wrong_rate", due=yuan(wanted), given=yuan(amount))


NATIONAL_BASE: tuple[Rate, ...] = tuple(
    Rate(level=level, boarding=boarding, per=Per.YEAR,
         amount=amount * FEN if boarding else amount * FEN // 2,
         valid_from=first, valid_to=last)
    for first, last, primary, junior in (
        (date(2019, 9, 1), date(2024, 3, 1), 1_000, 1_250),
        (date(2024, 3, 1), None, 1_250, 1_500),
    )
    for level, amount in ((Level.PRIMARY, primary), (Level.JUNIOR, junior))
    for boarding in (True, False)
)  # fmt: skip
"""The living subsidy's national base (domain.md 11.8): a year's, half of it for who does not board."""


class State(StrEnum):
    """How far a grant has come."""

    ENTERED = "entered"
    APPROVED = "approved"
    BATCHED = "batched"
    HELD = "held"
    PAID = "paid"
    RECEIVED = "received"
    RETURNED = "returned"


S = State

FOLLOWS: Mapping[State, frozenset[State]] = {
    S.ENTERED: frozenset({S.APPROVED}),
    S.APPROVED: frozenset({S.BATCHED}),
    S.BATCHED: frozenset({S.PAID, S.APPROVED, S.HELD}),
    S.HELD: frozenset({S.APPROVED, S.RETURNED}),
    S.PAID: frozenset({S.RECEIVED, S.RETURNED}),
    S.RECEIVED: frozenset({S.RETURNED}),
    S.RETURNED: frozenset(),
}
"""What may come after what; sql/steps.sql refuses the rest. A batch that is taken apart gives back."""

RESERVED = frozenset({S.APPROVED, S.BATCHED, S.HELD})
"""Money is set aside for these."""

PAID_OUT = frozenset({S.PAID, S.RECEIVED})
"""Money has gone out for these."""

UNDER_WAY = frozenset({S.APPROVED, S.BATCHED})
"""While a payment is under way its payee cannot be erased."""


class ListState(StrEnum):
    """How a list stands. One that was sent back keeps no line."""

    ENTERED = "entered"
    APPROVED = "approved"
    SENT_BACK = "sent_back"


class Receiver(StrEnum):
    """Who confirmed that the money has come."""

    GUARDIAN = "guardian"
    CHILD = "child"


class ReturnReason(StrEnum):
    """Why money came back."""

    ACCOUNT_WRONG = "account_wrong"
    ACCOUNT_CLOSED = "account_closed"
    CHILD_LEFT = "child_left"
    NOT_ENTITLED = "not_entitled"
    PAID_TWICE = "paid_twice"


class SendBackReason(StrEnum):
    """Why a list goes back to who entered it."""

    WRONG_TERM = "wrong_term"
    WRONG_CHILDREN = "wrong_children"
    WRONG_PAYEES = "wrong_payees"
    NOT_ENTITLED = "not_entitled"
    BY_ENTRANT = "by_entrant"


LARGEST_LIMIT = 10**11
"""A billion yuan: whoever types more has typed too many digits."""

APPROVERS = frozenset({Role.OFFICE, Role.DIRECTOR})
"""Posts at the fund's unit that approve: the office up to the fund's limit, the director any."""

FUNDS_AT = frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP})
"""Who keeps funds."""

LISTS_AT = frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.SCHOOL})
"""Where lists are entered."""


def check_approver(roles: Collection[Role], total: int, limit: int) -> None:
    """Raise RuleBroken unless one of the roles decides on a list of this amount."""
    if Role.DIRECTOR in roles or (Role.OFFICE in roles and total <= limit):
        return
    raise RuleBroken("aid_above_limit", total=yuan(total), limit=yuan(limit))


def check_limit(amount: int, valid_from: date, today: date) -> None:
    """Raise RuleBroken unless a limit may be set so: from a day to come, never backwards."""
    if not 0 <= amount <= LARGEST_LIMIT:
        raise RuleBroken("aid_limit_impossible")
    if valid_from <= today:
        raise RuleBroken("aid_limit_backwards", first=(today + timedelta(days=1)).isoformat())


def check_other_hand(user: int, *earlier: int | None) -> None:
    """Raise RuleBroken when the person has had an earlier part in the same grant."""
    if user in earlier:
        raise RuleBroken("aid_own_entry")


def mask_name(name: str) -> str:
    """Return the form in which a name may hang on a notice: 张○○, A○○.

    >>> mask_name("欧阳思远"), mask_name("Lin")
    ('欧○○○', 'L○○')
    """
    plain = name.strip()
    return plain[:1] + "○" * max(1, len(plain) - 1)


def mask_account(account: str) -> str:
    """Return an account as screens show it: the last four digits of it, never a short one whole."""
    digits = re.sub(r"[^0-9A-Za-z]", "", account)
    return f"···· {digits[-4:]}" if len(digits) > 8 else "····"


def parse_account(text: str) -> str | None:
    """Return the digits of a bank account, or None when it can be none."""
    digits = re.sub(r"[\s-]", "", text)
    return digits if re.fullmatch(r"[0-9]{8,32}", digits) else None


def average(total: Figure, count: Figure) -> Figure | None:
    """Return the average of a total over a count, or None where none may be printed.

    Two exact figures give one. A total of "more than" over an exact count is at least so much.
    Anything over a count of "more than" bounds nothing (domain.md 5.9), and "about" gives no average.
    """
    known = {Bound.EXACT, Bound.MORE_THAN}
    if total.basis is not Basis.FEN or count.basis not in {Basis.GRANTS, Basis.PERSONS}:
        return None
    if count.bound is not Bound.EXACT or total.bound not in known or count.value < 1:
        return None
    if (total.unit_id, total.period) != (count.unit_id, count.period):
        return None
    whole, rest = divmod(total.value, count.value)
    bound = Bound.ABOUT if rest and total.bound is Bound.EXACT else total.bound
    return Figure(
        value=whole, basis=Basis.FEN, counts="average", unit_id=total.unit_id,
        period=total.period, bound=bound, status=total.status,
    )  # fmt: skip
