"""Who may open which page of aid: three hands, and offices of county and town (AID-5)."""

from datetime import date

from django.contrib.auth.models import User

from mingtian.aid import actions
from mingtian.aid.actions import FundSpec, LineSpec, PayeeSpec, Place, SchemeSpec
from mingtian.aid.actions.importing import keep_upload
from mingtian.aid.models import Fund, Grant, Listing, Scheme
from mingtian.aid.rules import Level, SchemeKind, term_of
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.matrix import DURING, Key, Row, Rows, Who, World
from mingtian.testing.roster_files import text_table
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import Admission, admit_many
from mingtian.vault.rules import FieldClass, Purpose

W = Who
BY = Actor(username="system:test")
TERM = term_of(day_of(DURING))

APPROVING = {W.COUNTY, W.TOWN, W.FAR_COUNTY}
"""Offices that decide on money, each on their own."""
AID = APPROVING | {W.AID_CLERK, W.CASHIER}
OF_COUNTY = {W.COUNTY, W.CASHIER}
SEES_SCHOOL = {W.COUNTY, W.CASHIER, W.AID_CLERK}
"""Whose posts reach No. 1 Primary School, which stands under the county."""

HEADINGS = ("姓名", "出生年", "学段", "住宿", "收款人", "账号")


def fund_of(world: World) -> Fund:
    """Return the county's fund, opened at the first need, with its scheme."""
    found = Fund.objects.first()
    if found is not None:
        return found
    county = world.tree.county.pk
    fund = actions.open_fund(
        FundSpec(unit_id=county, name="资助", office_limit=10**9), now=DURING, by=BY
    )
    actions.deposit(fund, 10**8, receipt="R1", now=DURING, by=BY)
    scheme = actions.add_scheme(
        SchemeSpec(unit_id=county, name="生活补助", kind=SchemeKind.SUPPLEMENT,
                   since=date(2019, 9, 1)),
        now=DURING, by=BY,
    )  # fmt: skip
    actions.add_national_base(scheme, now=DURING, by=BY)
    return fund


def place(world: World) -> Place:
    fund = fund_of(world)
    return Place(unit_id=world.tree.school.pk, fund=fund, scheme=Scheme.objects.get(), term=TERM)


def another(username: str, unit: Unit, role: Role) -> User:
    """Return somebody beside the people of the matrix; made at the first need."""
    return User.objects.filter(username=username).first() or make_staff(username, unit, role)


def entered(world: World) -> Listing:
    """Enter a list of one child by another clerk than the one of the matrix."""
    where = place(world)
    clerk = another("another_clerk", world.tree.school, Role.AID_CLERK)
    spec = Admission(unit_id=world.tree.village.pk, school_id=world.tree.school.pk)
    with enter(clerk, now=DURING, purpose=Purpose.AID) as door:
        (child,) = admit_many(door, [spec], classes=[FieldClass.PAYMENT])
        line = LineSpec(
            child=child.id, level=Level.PRIMARY, boarding=True,
            payee=PayeeSpec(name="何来福", account="6222020200011223344"),
        )  # fmt: skip
        return actions.enter_lines(door, where, [line])


def approved(world: World) -> Listing:
    listing = entered(world)
    director = another("another_director", world.tree.county, Role.DIRECTOR)
    with enter(director, now=DURING, purpose=Purpose.AID) as door:
        actions.approve(door, [listing.pk], {world.tree.county.pk: frozenset({Role.DIRECTOR})})
    return listing


def batched(world: World) -> dict[str, object]:
    approved(world)
    cashier = another("another_cashier", world.tree.county, Role.CASHIER)
    with enter(cashier, now=DURING, purpose=Purpose.AID) as door:
        return {"batch": actions.prepare_batch(door, fund_of(world)).public_id}


def fund(world: World) -> dict[str, object]:
    return {"fund": fund_of(world).public_id}


def scheme(world: World) -> dict[str, object]:
    fund_of(world)
    return {"scheme": Scheme.objects.get().public_id}


def listing(**more: str) -> Key:
    def key(world: World) -> dict[str, object]:
        return {"listing": entered(world).public_id, **more}

    return key


def decided(**more: str) -> Key:
    def key(world: World) -> dict[str, object]:
        return {"listing": approved(world).public_id, **more}

    return key


def grant(world: World) -> dict[str, object]:
    found = entered(world)
    with keep("look"):
        return {"grant": Grant.objects.get(listing=found).public_id}


def upload(world: World) -> dict[str, object]:
    content = text_table([["何思远", 2014, "小学", "是", "何来福", "62220202000112233"]], HEADINGS)
    where = place(world)
    with enter(world.people[W.AID_CLERK], now=DURING, purpose=Purpose.AID) as door:
        return {"upload": keep_upload(door, where, file_name="a.csv", content=content).public_id}


def upload_and(**more: str) -> Key:
    def key(world: World) -> dict[str, object]:
        return {**upload(world), **more}

    return key


def export(world: World) -> dict[str, object]:
    """Open the file to the cashier of the matrix: it is the one's own alone."""
    approved(world)
    with enter(world.people[W.CASHIER], now=DURING, purpose=Purpose.AID) as door:
        batch = actions.prepare_batch(door, fund_of(world))
        return {"export": actions.open_export(door, batch).public_id, "form": "csv"}


ROWS: Rows = {
    "aid:index": Row(get=AID),
    "aid:check": Row(get=AID),
    "aid:schemes": Row(get=AID, post=APPROVING),
    "aid:add-rate": Row(post={W.COUNTY}, key=scheme),
    "aid:approvals": Row(get=APPROVING, post=APPROVING),
    "aid:new-list": Row(get={W.AID_CLERK}, post={W.AID_CLERK}),
    "aid:template": Row(get={W.AID_CLERK}, key=lambda _world: {"form": "xlsx"}),
    "aid:preview": Row(get={W.AID_CLERK}, key=upload),
    "aid:refused": Row(get={W.AID_CLERK}, key=upload_and(form="csv")),
    "aid:take": Row(post={W.AID_CLERK}, key=upload),
    "aid:drop": Row(post={W.AID_CLERK}, key=upload),
    "aid:list": Row(get=SEES_SCHOOL, key=listing()),
    "aid:export": Row(get=SEES_SCHOOL, key=listing(form="csv")),
    "aid:approve": Row(post={W.COUNTY}, key=listing()),
    "aid:send-back": Row(post={W.COUNTY}, key=listing()),
    "aid:receive": Row(post={W.AID_CLERK}, key=decided()),
    "aid:notice": Row(get={W.AID_CLERK}, key=decided()),
    "aid:notice-file": Row(get={W.AID_CLERK}, key=decided(form="csv")),
    "aid:grant": Row(get=SEES_SCHOOL, key=grant),
    "aid:return": Row(post={W.CASHIER}, key=grant),
    "aid:take-up": Row(post={W.CASHIER}, key=grant),
    "aid:open-fund": Row(get=(), post=()),
    "aid:fund": Row(get={*OF_COUNTY, W.AID_CLERK, W.TOWN}, key=fund),
    "aid:deposit": Row(post={W.CASHIER}, key=fund),
    "aid:set-limit": Row(post=(), key=fund),
    "aid:make-batch": Row(post={W.CASHIER}, key=fund),
    "aid:batch": Row(get=OF_COUNTY, key=batched),
    "aid:hold-back": Row(post={W.CASHIER}, key=batched),
    "aid:pay": Row(post={W.CASHIER}, key=batched),
    "aid:dissolve": Row(post={W.CASHIER}, key=batched),
    "aid:open-file": Row(post={W.CASHIER}, key=batched),
    "aid:file": Row(get={W.CASHIER}, key=export),
}
"""A director opens funds and sets limits; the matrix has none of a county or town. tests/test_pages.py
and tests/test_limits.py try it."""
