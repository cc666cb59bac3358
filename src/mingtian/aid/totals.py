"""Says whether a total can be a sum of grants at the rates of a term (AID-8). Pure Python.

A total that somebody wrote is compared with every sum that so many lines can have. Boarders' rates
are the *usual* amounts, those of children who live at home the *lower* ones; the answer says how few
lower lines a total needs at the least. All numbers are fen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import gcd

from mingtian.aid.rules import MOST_DAYS, Per, Rate
from mingtian.core.errors import RuleBroken
from mingtian.core.money import FEN

MOST_COUNT = 100_000
MOST_TOTAL = 10**12
_MOST_COINS = 2_000
"""Amounts this many steps apart at most are looked at one by one; beyond only the bounds are told."""
_MOST_TRIES = 20_000


class Reading(StrEnum):
    """How a count and a total may be meant."""

    HALF_BOARDERS = "half_boarders"
    HALF_ALL = "half_all"
    YEAR_BOARDERS = "year_boarders"
    YEAR_ALL = "year_all"
    DAYS = "days"
    TERM = "term"
    ONE_YUAN_RATE = "one_yuan_rate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """How a total stands to one reading.

    ``possible`` is None where it cannot be told within reason. ``least`` and ``most`` bound every total
    of so many lines. ``lower``: a possible total needs at least so many lower lines; None where
    there are none. ``example`` is one way to make the total: amounts with how many lines of each.
    """

    reading: Reading
    possible: bool | None
    least: int
    most: int
    lower: int | None = None
    example: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What can be said about a total."""

    count: int
    total: int
    fits: tuple[Fit, ...]

    @property
    def possible(self) -> bool:
        """Whether at least one reading at the rates of the term fits."""
        return any(fit.possible for fit in self.fits if fit.reading is not Reading.ONE_YUAN_RATE)


def check_total(count: int, total: int, rates: Iterable[Rate]) -> Check:
    """Return how a count of lines and their total stand to each reading of these rates.

    ``rates`` are those that hold in the term. Raises RuleBroken for numbers that are none.
    """
    if not 1 <= count <= MOST_COUNT or not 0 < total <= MOST_TOTAL:
        raise RuleBroken("aid_total_impossible", most=MOST_COUNT)
    listed = list(rates)
    fits = [fit for reading in _READINGS for fit in _fits(reading, count, total, listed)]
    fits.extend(_by_days(count, total, listed))
    fits.append(_one_rate(count, total))
    return Check(count=count, total=total, fits=tuple(fits))


_READINGS = (Reading.HALF_BOARDERS, Reading.HALF_ALL, Reading.YEAR_BOARDERS, Reading.YEAR_ALL,
             Reading.TERM)  # fmt: skip


def _fits(reading: Reading, count: int, total: int, rates: Sequence[Rate]) -> list[Fit]:
    """Return the fit of one reading; none when no rate speaks of it."""
    per = Per.TERM if reading is Reading.TERM else Per.YEAR
    half = reading in {Reading.HALF_BOARDERS, Reading.HALF_ALL}
    own = [rate for rate in rates if rate.per is per]
    usual = {
        rate.amount // 2 if half else rate.amount for rate in own if rate.boarding is not False
    }
    lower = {rate.amount // 2 if half else rate.amount for rate in own if rate.boarding is False}
    if reading in {Reading.HALF_BOARDERS, Reading.YEAR_BOARDERS}:
        lower = set()
    elif reading is not Reading.TERM and not lower:
        return []
    return [_mixed(reading, count, total, usual, lower)] if usual | lower else []


def _mixed(reading: Reading, count: int, total: int, usual: set[int], lower: set[int]) -> Fit:
    amounts = sorted(usual | lower)
    least, most = count * amounts[0], count * amounts[-1]
    whole = make_sum(count, total, amounts)
    if not whole.possible or not lower or not usual:
        return Fit(
            reading=reading, possible=whole.possible, least=least, most=most, example=whole.example
        )
    fewest, example = _fewest_lower(count, total, sorted(usual), sorted(lower))
    return Fit(
        reading=reading, possible=True, least=least, most=most, lower=fewest,
        example=example or whole.example,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sum:
    """Whether so many amounts can make a total (None: cannot be told), and one way to do it."""

    possible: bool | None
    example: tuple[tuple[int, int], ...] = ()


def make_sum(count: int, total: int, amounts: Sequence[int]) -> Sum:
    """Say whether exactly ``count`` of these amounts, each as often as wanted, make the total.

    Every line has at least the least amount; what is left over must be made of at most ``count``
    differences to it: coins, of which the fewest are looked for.
    """
    if count == 0:
        return Sum(total == 0)
    base = min(amounts)
    left = total - count * base
    coins = sorted({each - base for each in amounts} - {0})
    if left == 0:
        return Sum(True, ((base, count),))
    if left < 0 or not coins or left > count * coins[-1] or left % (step := gcd(*coins)):
        return Sum(False)
    small = [coin // step for coin in coins]
    if small[-1] > _MOST_COINS:
        return Sum(None)
    used = _fewest_coins(left // step, small) or {}
    number = sum(used.values())
    if not 0 < number <= count:
        return Sum(False)
    example = [(base, count - number)]
    example += [(base + coin * step, often) for coin, often in sorted(used.items())]
    return Sum(True, tuple((amount, often) for amount, often in example if often))


def _fewest_coins(amount: int, coins: Sequence[int]) -> dict[int, int] | None:
    """Return the fewest coins that make an amount, or None.

    Of the coins below the largest at most ``largest - 1`` are ever needed: among more, some sum to a
    multiple of the largest. So whatever lies above its square is made of the largest alone.
    """
    largest = coins[-1]
    plain = max(0, (amount - largest * largest) // largest)
    rest = amount - plain * largest
    fewest: list[int | None] = [0] + [None] * rest
    came: list[int] = [0] * (rest + 1)
    for reached in range(1, rest + 1):
        for coin in coins:
            if coin > reached:
                break
            before = fewest[reached - coin]
            best = fewest[reached]
            if before is not None and (best is None or before + 1 < best):
                fewest[reached], came[reached] = before + 1, coin
    if fewest[rest] is None:
        return None
    used = {largest: plain} if plain else {}
    while rest:
        used[came[rest]] = used.get(came[rest], 0) + 1
        rest -= came[rest]
    return used


def _fewest_lower(
    count: int, total: int, usual: Sequence[int], lower: Sequence[int]
) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Return how many lower lines a possible total needs at the least, and how it is made then.

    With more than two lower amounts, or too much to try, what is out of reach in any case is told.
    """
    bound, tries = _bound_of_lower(count, total, usual, lower), 0
    for number in range(bound, count + 1) if len(lower) <= 2 else ():
        for made, how in _sums_of(number, lower):
            tries += 1
            rest = make_sum(count - number, total - made, usual)
            if rest.possible:
                return number, tuple(sorted((*how, *rest.example)))
            if rest.possible is None or tries > _MOST_TRIES:
                return bound, ()
    return bound, ()


def _bound_of_lower(count: int, total: int, usual: Sequence[int], lower: Sequence[int]) -> int:
    """Return below how many lower lines the total is out of reach, whatever the usual lines are."""
    short = count * usual[0] - total
    gap = usual[0] - lower[0]
    return min(count, -(-short // gap)) if short > 0 and gap > 0 else 0


def _sums_of(
    number: int, amounts: Sequence[int]
) -> Iterable[tuple[int, tuple[tuple[int, int], ...]]]:
    """Yield each sum of so many lines of one or two amounts."""
    low, high = amounts[0], amounts[-1]
    if number == 0 or low == high:
        yield low * number, ((low, number),) if number else ()
        return
    for highs in range(number + 1):
        how = tuple((each, n) for each, n in ((low, number - highs), (high, highs)) if n)
        yield low * (number - highs) + high * highs, how


def _by_days(count: int, total: int, rates: Sequence[Rate]) -> list[Fit]:
    """Return the fit at one daily rate, each line of 1 to so many days."""
    daily = sorted({rate.amount for rate in rates if rate.per is Per.DAY})
    return [
        Fit(
            reading=Reading.DAYS,
            possible=total % each == 0 and count * each <= total <= count * each * MOST_DAYS,
            least=count * each, most=count * each * MOST_DAYS, example=((each, total // each),),
        )
        for each in daily
    ]  # fmt: skip


def _one_rate(count: int, total: int) -> Fit:
    """Say whether every line can have had the same amount in whole yuan; ``least`` and ``most`` are
    the nearest totals that would."""
    each = total // (count * FEN) * FEN
    exact = total % (count * FEN) == 0
    return Fit(
        reading=Reading.ONE_YUAN_RATE, possible=exact, least=count * each,
        most=count * (each if exact else each + FEN), example=((each, count),) if exact else (),
    )  # fmt: skip
