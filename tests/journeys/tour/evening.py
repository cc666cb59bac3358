"""The stops of the evening: families, a class teacher, schools and offices."""

from tests.journeys.tour.stop import Address, Frame, Part, Stop
from tests.journeys.tour.town import Town

PHONE, LONG, WALL = Frame.PHONE, Frame.LONG, Frame.WALL
MADE_ON_THE_WAY = ""
"""The address of a page to which no link alone leads; ways.py walks there."""


def _board(word: str, page: str = "") -> Address:
    return lambda town: f"/boards/{town.tonight.lecture_id}/{town.unit(word)}{page}"


def _pupil(town: Town) -> str:
    return f"/boards/{town.tonight.lecture_id}/{town.unit('class')}/pupils/{town.pupil}"


def _entry(town: Town) -> str:
    return f"/e/{town.code}"


FAMILIES = Part("Families", (
    Stop("entry", "", _entry, "Entry",
         "What the learning code opens on the first evening: the child's number and name, and who "
         "sits beside. On later evenings this page is skipped.", PHONE),
    Stop("helping", "", lambda town: f"/e/{town.code}?help=1", "Helping somebody",
         "A child or a teacher signs an elder in who sits beside them; the next family can follow "
         "on the same phone.", PHONE),
    Stop("notice", "", "/notice", "What is recorded",
         "The notice that a family agrees to, to read and to print. Refusing leaves the lecture "
         "open, uncounted.", PHONE),
    Stop("hall", "", MADE_ON_THE_WAY, "Hall",
         "The lecture, one sentence on what has been recorded, and the sixty slots as a row: green "
         "ones are on disk in the database, amber ones are still on the phone.", PHONE),
    Stop("my", "", MADE_ON_THE_WAY, "The family's own page",
         "Each evening of each person at home, with a reason where one is not recorded; "
         "certificates; what comes.", LONG),
    Stop("rights", "", MADE_ON_THE_WAY, "Rights",
         "Everything that is kept, to see, correct, take away, stop or erase, from the phone.",
         PHONE),
    Stop("certificate-check", "", "/c", "Certificate check",
         "Whoever holds a certificate's number learns whether it is valid, and nothing else.",
         PHONE),
    Stop("check", "", lambda town: f"/check/{town.code}", "Code check",
         "Anybody can type a learning code and compare what it must say. It keeps nothing of what "
         "was typed.", PHONE),
    Stop("sheet", "city", MADE_ON_THE_WAY, "Code sheet",
         "One A4 page for each class: who issues it, how to enter, and that nobody asks for money. "
         "A school's sheets come as one booklet.", PHONE),
))  # fmt: skip

CLASS = Part("The class teacher", (
    Stop("class", "teacher", _board("class"), "My class this evening",
         "Who is in, who is not, and who has completed. Only the class teacher sees names; these "
         "are invented.", LONG),
    Stop("pupil", "teacher", _pupil, "One pupil",
         "Noting a family by telephone or on paper, exempting it without proof, and undoing both.",
         PHONE),
    Stop("code", "teacher", lambda town: f"/desk/codes/{town.code}", "The learning code of the class",
         "To show on a screen, print, or replace.", PHONE),
))  # fmt: skip

OFFICES = Part("Schools and offices", (
    Stop("sign-in", "", "/desk/sign-in", "Sign-in",
         "For class teachers and offices. Families never see it."),
    Stop("board", "city", _board("city"), "Live board",
         "It moves each second. Every figure says what it counts; coverage shows its denominator, "
         "fixed when the campaign opened."),
    Stop("wall", "city", _board("city", "/wall"), "Big screen",
         "The same numbers at night, readable from ten metres.", WALL),
    Stop("evenings", "city", _board("city", "/evenings"), "Campaign to date",
         "Each evening in persons, all of them together in person-times, and never one taken for "
         "the other."),
    Stop("units", "city", "/desk/units", "Units",
         "The tree of the office, with the places that the list of divisions does not know."),
    Stop("campaigns", "city", "/desk/campaigns", "Campaigns",
         "What runs, where, and on which days."),
    Stop("campaign", "city", lambda town: f"/desk/campaigns/{town.campaign}", "One campaign",
         "Its mandate, its lectures and what they show, its codes, and who is expected. It opens "
         "only with a mandate and an audience."),
    Stop("codes", "city", "/desk/codes", "Learning codes",
         "All codes of the own reach, found by school, class or code, each with its sheet."),
    Stop("roster", "principal", MADE_ON_THE_WAY, "Roster preview",
         "What a file would change, and each refused row with the reason and the remedy. Nothing "
         "is taken over before somebody says so."),
    Stop("comments", "principal", "/desk/comments", "Comments",
         "Nothing is shown before somebody of the school has read it; one key for each decision."),
    Stop("digests", "principal", "/desk/comments/digests", "Digests",
         "An evening's comments without anybody's name, drafted by the machine, released by a "
         "person."),
    Stop("certificates", "city", "/desk/certificates", "Certificates",
         "Unlocked of those expected, exempt families beside it; units only."),
))  # fmt: skip
