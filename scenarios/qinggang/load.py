"""The county's year, played through the product's own actions into a tree that stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from random import Random

from django.db import connection, transaction
from scenarios.qinggang import register
from scenarios.qinggang.aiding import Paying, open_aid, pay_all
from scenarios.qinggang.caring import care_for
from scenarios.qinggang.children import Names, agree, register_known
from scenarios.qinggang.giving import give
from scenarios.qinggang.pairing import pair, vet, visit
from scenarios.qinggang.people import Staff, appoint
from scenarios.qinggang.printed import note_reports
from scenarios.qinggang.register import YINGCHUN, scaled
from scenarios.qinggang.times import Times, before
from scenarios.qinggang.tree import school_of
from scenarios.suihua.city import Account

from mingtian.children.rules import Category, ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What may be chosen. ``scale`` shrinks numbers of children; ``password`` is every account's."""

    password: str
    scale: Fraction = Fraction(1, 20)
    seed: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """What came to be."""

    accounts: tuple[Account, ...]
    staff: Staff
    paired: int
    visits: int


def load_children(
    units: Mapping[str, int], *, options: Options, times: Times | None = None, since: date,
    actor: str, now: datetime,
) -> Played:  # fmt: skip
    """Play the year into units named by their codes (Suihua's tree, or :func:`tree.build_county`).

    Without ``times`` it is the weeks before now. All in one transaction: everything or nothing.
    """
    when = times or before(now, since)
    rng = Random(options.seed)
    with transaction.atomic():
        played = _play(units, options, when, actor, rng)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return played


def _play(
    units: Mapping[str, int], options: Options, times: Times, actor: str, rng: Random
) -> Played:
    wanted = {
        Category.LEFT_BEHIND: scaled(register.LEFT_BEHIND, options.scale),
        Category.SINGLE_PARENT: scaled(register.SINGLE_PARENT, options.scale),
        Category.ORPHAN: scaled(register.ORPHANS, options.scale),
    }
    school = school_of(YINGCHUN, units, since=times.since, actor=actor, now=times.begun)
    staff = appoint(
        units, school, pairs=sum(wanted.values()), password=options.password, times=times,
        rng=rng,
    )  # fmt: skip
    names = Names(rng, day_of(times.begun))
    known = {}
    with enter(staff["case-worker"], now=times.begun, purpose=Purpose.REGISTERING) as door:
        for category, number in wanted.items():
            known[category] = register_known(
                door, names, category, number, unit_id=units[YINGCHUN], school_id=school.pk
            )
            agree(door, known[category], ConsentPurpose.HELPING, ConsentPurpose.CASE_WORK)
    children = [child for group in known.values() for child in group]
    vet(staff, times)
    visits = visit(pair(staff, children, times), times, rng)
    care_for(staff, known[Category.ORPHAN], known[Category.LEFT_BEHIND], times)
    give(units, staff, times, rng)
    aid = open_aid(units, staff, times)
    paying = Paying(units=units, staff=staff, aid=aid, names=names, scale=options.scale, rng=rng)
    pay_all(paying, school.pk, times)
    if options.scale == 1:
        # What was printed is of the whole county; a smaller one agrees with none of it.
        note_reports(units, staff, aid, times)
    return Played(accounts=staff.accounts, staff=staff, paired=len(children), visits=visits)
