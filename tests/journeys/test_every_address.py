"""No page without a journey that holds it against axe and the width.

Pages of the matrix and pages open to all are walked as they stand there (test_every_office_page). A
phone's own need a family behind them: here is said where each is held.
"""

from pathlib import Path

from tests.test_authorisation import PHONES

FAMILY = "test_every_family_page.py"
HELD = {
    "family:rights": (FAMILY, '"rights"'),
    "family:kept": (FAMILY, '"kept"'),
    "family:correct": (FAMILY, '"correct"'),
    "family:withdraw": (FAMILY, '"withdraw"'),
    "family:agree": (FAMILY, '"agree"'),
    "family:erase": (FAMILY, '"erase"'),
    "family:erase-now": (FAMILY, '"erase-last"'),
    "family:ask": (FAMILY, '"ask"'),
    "family:take-off": (FAMILY, '"take off"'),
    "wechat:phone": ("test_wechat_phone.py", '"wechat-remember"'),
    "wechat:back": ("test_wechat_phone.py", '"wechat-trouble"'),
}
"""Each page with the journey, and the name by which it stands there."""
SHOW_NO_PAGE = {
    "family:switch-home", "family:certificate", "family:picture", "family:kept-file",
    "family:correct-kin", "wechat:start", "wechat:phone-remember", "wechat:phone-forget",
}  # fmt: skip
"""They answer a press, hand a file out or lead on."""


def test_every_page_of_a_phone_is_held_by_a_journey() -> None:
    assert HELD.keys() | SHOW_NO_PAGE == PHONES.keys()
    assert HELD.keys() & SHOW_NO_PAGE == set()


def test_the_journeys_hold_what_is_said_here() -> None:
    for name, (file, shown) in HELD.items():
        assert shown in (Path(__file__).parent / file).read_text(encoding="utf-8"), name
