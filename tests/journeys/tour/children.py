"""The stops of the small county with children in difficulty."""

from playwright.sync_api import Locator, Page

from tests.journeys.tour.stop import Frame, Part, Stop
from tests.journeys.tour.yard import Yard


def _child(yard: Yard) -> str:
    return f"/desk/children/{yard.numbers[0]}"


def _case(yard: Yard) -> str:
    return f"/desk/care/cases/{yard.things['case']}"


def _book(yard: Yard) -> str:
    return f"/desk/yearbook/{yard.unit('county').public_id}/{yard.year}"


def _search(page: Page) -> Locator:
    page.locator("[name=text]").fill("hesiyuan")
    page.locator("main form button").first.click()
    page.locator("#found-title").wait_for()
    return page.locator("main form button").first


def _unfold(page: Page) -> Locator:
    page.locator("main summary").click()
    return page.locator("main details")


CHILDREN = Part("Children in difficulty", (
    Stop("care-desk", "lianghe", "/desk", "The desk of a town",
         "What waits about children, as numbers: plans to approve, requests, silence after the "
         "agreed rhythm. These pages show a small invented county."),
    Stop("register", "lianghe", "/desk/children/", "The register, as an office sees it",
         "Numbers, places and categories; no name. Categories overlap, and the sum says so."),
    Stop("register-worker", "wanganhe", "/desk/children/", "The register, as its worker sees it",
         "Names of the own children alone. Each reading is noted."),
    Stop("child-look", "wanganhe", "/desk/children/look", "Look first",
         "In characters or pinyin, by year or telephone number, before a child is registered: "
         "one with two files is helped twice or by nobody."),
    Stop("child-found", "wanganhe", "/desk/children/look", "What was found",
         "Children who are, or sound, the same, also of other places: there as a number or as a place "
         "alone.", act=_search),
    Stop("child", "wanganhe", _child, "A child, to its worker",
         "Who the child is, guardians, categories with their days, consents of guardian and child."),
    Stop("child-number", "lianghe", _child, "The same child, to the office",
         "Number, state and dates. Whoever needs more asks."),
    Stop("case", "wanganhe", _case, "A case",
         "What was found, the plan, what is being done, who sees to it, and what is due next."),
    Stop("case-plan", "wanganhe", lambda yard: f"{_case(yard)}/plan", "A plan",
         "Goals in four areas: morals, study and life, habits, feelings."),
    Stop("cases", "lianghe", "/desk/care/cases", "Cases by number",
         "States and days, for whoever approves plans without reading names."),
    Stop("care-talks", "tangkexin", lambda yard: f"/desk/care/children/{yard.numbers[0]}",
         "Counselling talks",
         "Sealed to the counsellor. The office sees that a talk took place, and nothing of it."),
    Stop("pairs-silent", "lianghe", "/desk/pairs/silent", "Pairs that have been silent",
         "Longer than the rhythm that was agreed on: somebody rings up and asks."),
    Stop("pairs-helper", "fengwangshu", "/desk/pairs/", "A helper's own pairs",
         "Current ones only, and only what helping needs."),
    Stop("pair-visit", "fengwangshu", "/desk/pairs/visit", "Telling of a visit",
         "On a phone, also where there is no network: it is sent later, once.", Frame.PHONE),
    Stop("aid", "hechuan", "/desk/aid/", "Aid",
         "Funds, schemes and what waits; sums are sums of lines, in a ledger that balances."),
    Stop("aid-list", "shenxiaoman", lambda yard: f"/desk/aid/lists/{yard.things['list']}",
         "A school's list",
         "Line by line with the rate it stands on; payees' accounts show their last digits only."),
    Stop("aid-approvals", "hechuan", "/desk/aid/approvals", "Approval",
         "By whoever did not enter it, by amount, and without a name."),
    Stop("aid-batch", "jiangchen", lambda yard: f"/desk/aid/batches/{yard.things['batch']}",
         "A payment batch", "A third person pays; the bank's file opens with the password."),
    Stop("aid-notice", "shenxiaoman",
         lambda yard: f"/desk/aid/lists/{yard.things['list']}/notice", "A published list",
         "Masked as the rules say, and down after the term."),
    Stop("gifts", "lianghe", "/desk/gifts/", "Gifts in stock",
         "What came, went and lies there, as a balance. The product takes no money."),
    Stop("gifts-round", "lianghe", lambda yard: f"/desk/gifts/rounds/{yard.things['round']}",
         "A round of hand-overs", "Planned by number, carried by whoever knows the child."),
    Stop("gifts-hand-over", "fengwangshu",
         lambda yard: f"/desk/gifts/carry/{yard.things['handover']}", "A hand-over",
         "Signed off on the spot and confirmed by a second person.", Frame.PHONE),
    Stop("gifts-needs", "lianghe", "/desk/gifts/needs", "Need codes",
         "A need as a code that tells nothing, for licensed charities, after consent."),
    Stop("year", "hechuan", _book, "The county's year",
         "Every figure from its lines, with what it counts; small cells are masked in what "
         "leaves the office."),
    Stop("care-emergency", "zhouyinuo", lambda yard: f"/desk/vault/children/{yard.numbers[4]}",
         "Opening a file in an emergency",
         "When a child is in danger: with a reason, for three hours, and told to the office next "
         "morning. Otherwise one asks first.", act=_unfold),
    Stop("care-requests", "lianghe", "/desk/vault/", "Requests and emergencies",
         "Who asks to read is let in by the office for some days. A file opened in an emergency "
         "closes after three hours and is looked at next morning."),
    Stop("care-readings", "xuming", "/desk/vault/readings", "Who has read which file",
         "A chained log: who, when, which number, what for. A change of it would be found."),
))  # fmt: skip
