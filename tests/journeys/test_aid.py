"""Grant to receipt: a school's list, another hand's approval, the bank's file, the money that came.

Each hand at both widths and in both languages; every page on the way is held against axe.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from mingtian.aid import actions
from mingtian.aid.actions import FundSpec, SchemeSpec
from mingtian.aid.rules import SchemeKind
from mingtian.core.actor import Actor
from mingtian.core.clock import now
from mingtian.org.rules import Role
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.make import Tree, make_tree
from mingtian.testing.roster_files import text_table
from tests.journeys.conftest import WAYS, serving, signed_in
from tests.journeys.looking import hold

pytestmark = pytest.mark.journey

HEADINGS = ["姓名", "出生年", "学段", "住宿", "金额", "收款人", "账号", "开户行"]
THIS_YEAR = now().year
ROWS: list[list[object]] = [
    ["何思远", THIS_YEAR - 9, "小学", "是", 625, "何来福", "6222020200011223344", "农商银行"],
    ["林小满", THIS_YEAR - 8, "二年级", "否", "", "林安和", "6222020200055667788", "农商银行"],
    ["周一诺", THIS_YEAR - 13, "初中", "是", "", "周明川", "6222020200099887766", "农商银行"],
    ["许可欣", THIS_YEAR - 9, "大学", "是", "", "许望舒", "6222020200012340000", "农商银行"],
]


@dataclass(frozen=True, kw_only=True)
class County:
    """A county with its server."""

    origin: str
    tree: Tree


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    """A county with a fund and the boarders' scheme."""
    tree = make_tree()
    by, county = Actor(username="system:test"), tree.county.pk
    fund = actions.open_fund(
        FundSpec(unit_id=county, name="学生资助专项资金", name_en="Student aid fund",
                 office_limit=50_000_00),
        now=now(), by=by,
    )  # fmt: skip
    actions.deposit(fund, 20_000_00, receipt="R1", now=now(), by=by)
    scheme = actions.add_scheme(
        SchemeSpec(unit_id=county, name="寄宿生生活补助", name_en="Boarders' living subsidy",
                   kind=SchemeKind.SUPPLEMENT, since=date(2019, 9, 1)),
        now=now(), by=by,
    )  # fmt: skip
    actions.add_national_base(scheme, now=now(), by=by)
    return tree


@pytest.fixture
def county(tree: Tree, var: Path, tmp_path: Path) -> Iterator[County]:
    with serving(var, tmp_path) as origin:
        yield County(origin=origin, tree=tree)


class Hand:
    """One of the three, with a browser of the own; keeps a picture of each page and looks at it."""

    def __init__(self, context: BrowserContext, name: str) -> None:
        self.page: Page = context.new_page()
        self.name = name

    def see(self, what: str) -> None:
        """Hold the page against axe and the width, and keep its picture."""
        hold(self.page, f"aid-{self.name}-{what}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()


WORDS = {
    "zh-CN": {
        "check": "检查文件", "take": "接收其余各行", "approve": "审批勾选的名单",
        "batch": "编入一个批次", "open": "开放下载 24 小时", "paid": "这一批已支付",
        "note": "登记收款", "check_total": "查验",
    },
    "en-GB": {
        "check": "Check the file", "take": "Take over the sound rows",
        "approve": "Approve what is ticked", "batch": "Put them into a batch",
        "open": "Open the file for 24 hours", "paid": "The batch is paid",
        "note": "Note the receipt", "check_total": "Check",
    },
}  # fmt: skip


@pytest.mark.parametrize(("locale", "size"), WAYS)
def test_from_the_list_to_the_receipt(
    browser: Browser, county: County, tmp_path: Path, locale: str, size: ViewportSize
) -> None:
    say, tree = WORDS[locale], county.tree
    width = f"{locale[:2]}-{size['width']}"

    def hand(name: str, user: User) -> Hand:
        context = signed_in(browser, county, user, size=size, locale=locale)
        return Hand(context, f"{width}-{name}")

    clerk = hand("clerk", make_staff("clerk", tree.school, Role.AID_CLERK))
    office = hand("office", make_staff("office", tree.county, Role.OFFICE))
    payer = make_staff("cashier", tree.county, Role.CASHIER)
    # The server knows the hashers of the product, not the quick one of the tests.
    payer.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    payer.save(update_fields=["password"])
    cashier = hand("cashier", payer)

    listing = enter_list(clerk, say, tmp_path)
    approve(office, say)
    pay(cashier, say)
    clerk.page.goto(listing)
    clerk.see("paid")
    clerk.press(say["note"])
    expect(clerk.page.locator(".chip--good").first).to_be_visible()
    clerk.see("received")
    clerk.page.goto(f"{listing}/notice")
    expect(clerk.page.get_by_text("何○○")).to_be_visible()
    clerk.see("notice")
    check_total(clerk, say)


def enter_list(clerk: Hand, say: dict[str, str], folder: Path) -> str:
    """Bring a list with one faulty row in, and take the sound rows over; return its address."""
    page = clerk.page
    file = folder / "list.csv"
    file.write_bytes(text_table(ROWS, HEADINGS))
    page.goto("/desk/aid/lists/new")
    clerk.see("new")
    page.locator("[name=file]").set_input_files(file)
    page.locator("[name=applications]").check()
    clerk.press(say["check"])
    expect(page.locator("tbody th").first).to_contain_text("5")
    clerk.see("preview")
    clerk.press(say["take"])
    expect(page.get_by_role("link", name="何思远")).to_be_visible()
    clerk.see("entered")
    page.goto(f"{page.url}?show=payees")
    expect(page.get_by_text("···· 3344")).to_be_visible()
    clerk.see("payees")
    return page.url.partition("?")[0]


def approve(office: Hand, say: dict[str, str]) -> None:
    """See what waits on the desk, and approve it without reading a name."""
    page = office.page
    page.goto("/desk/")
    page.locator("a[href='/desk/aid/approvals']").first.click()
    expect(page.get_by_text("何思远")).to_have_count(0)
    page.locator("[name=list]").check()
    office.see("approvals")
    office.press(say["approve"])
    page.goto("/desk/aid/")
    office.see("index")
    page.goto("/desk/aid/schemes")
    office.see("schemes")


def pay(cashier: Hand, say: dict[str, str]) -> None:
    """Make the batch, fetch the file with the password, note the payment."""
    page = cashier.page
    page.goto("/desk/aid/")
    page.locator("h3 a").first.click()
    cashier.see("fund")
    cashier.press(say["batch"])
    page.locator("[name=password]").fill(PASSWORD)
    cashier.see("batch")
    cashier.press(say["open"])
    cashier.see("file")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.reader(io.StringIO(fetched.value.path().read_text("utf-8-sig"))))
    assert [row[4] for row in rows[1:]] == ["625.00", "312.50", "750.00"]
    assert rows[1][2] == ROWS[0][6]
    cashier.press(say["paid"])
    cashier.see("paid")


def check_total(clerk: Hand, say: dict[str, str]) -> None:
    """Hold the printed total of 295 boarders against the rates of its term."""
    page = clerk.page
    page.goto("/desk/aid/check")
    page.locator("[name=term]").select_option("2023-2")
    page.locator("[name=count]").fill("295")
    page.locator("[name=total]").fill("146125")
    clerk.press(say["check_total"])
    expect(page.locator("table")).to_contain_text("¥147,500")
    clerk.see("check")
