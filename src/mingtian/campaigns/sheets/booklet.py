"""Turns codes, a campaign and its lectures into the words and pictures of printable sheets."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import accumulate
from unicodedata import east_asian_width
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from mingtian.campaigns.queries import CampaignRow, CodeRow, LectureRow
from mingtian.campaigns.rules import Audience, learning_url
from mingtian.campaigns.sheets.draw import Booklet, Evening, Sheet
from mingtian.campaigns.sheets.qr import qr_svg
from mingtian.core.clock import SHANGHAI

MOST_LISTED = 30
"""Of more lectures than this the sheet names the first and the last only."""
WIDEST_TITLE = 34
"""In half-width characters: two lines beside the day. More would need a second page."""

WEEKDAYS = [
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
]
"""Short, because Django's own short Chinese weekdays are the long ones."""


def booklet_of(
    codes: Sequence[CodeRow], campaign: CampaignRow, lectures: Sequence[LectureRow]
) -> Booklet:
    """Return the sheets of these codes, in the reader's language."""
    first = codes[0].place
    hours = {hours_of(each) for each in lectures}
    chinese = (translation.get_language() or "").startswith("zh")
    return Booklet(
        title=f"{first.above} {first.unit if len(codes) == 1 else ''} {_('Learning code')}",
        issuer=campaign.issuer,
        mandate=campaign.mandate.document_number,
        campaign=campaign.title,
        lang="zh" if chinese else "en",
        region="cn" if chinese else "gb",
        words=_words(lectures),
        hours=hours.pop() if len(hours) == 1 else "",
        evenings=[
            Evening(
                number=_("No. %(number)s") % {"number": each.number},
                day=day_in_words(each.held_on),
                time=hours_of(each),
                title=shortened(each.title, WIDEST_TITLE),
            )
            for each in (lectures if len(lectures) <= MOST_LISTED else [lectures[0], lectures[-1]])
        ],
        sheets=[_sheet(each) for each in codes],
    )


def day_in_words(day: date) -> str:
    """Write a day with its weekday, as "18 Sept. Mon" or "9月18日 周一"."""
    return f"{date_format(day, pgettext('date format of Django', 'j N'))} {WEEKDAYS[day.weekday()]}"


def hours_of(lecture: LectureRow) -> str:
    """Write when a sitting begins and ends, in Shanghai."""
    return f"{_clock(lecture.starts_at)}–{_clock(lecture.ends_at)}"


def shortened(title: str, widest: int) -> str:
    """Cut a title that is wider than so many half-width characters; Chinese ones count two."""
    widths = [2 if east_asian_width(sign) in "WF" else 1 for sign in title]
    if sum(widths) <= widest:
        return title
    kept = sum(1 for so_far in accumulate(widths) if so_far <= widest - 2)
    return title[:kept].rstrip() + "…"


def plain_origin() -> str:
    """Return the server's address as people type it, without ``https://``."""
    return urlsplit(settings.PUBLIC_ORIGIN).netloc


def _words(lectures: Sequence[LectureRow]) -> dict[str, str]:
    doors = {_clock(each.doors_at) for each in lectures}
    return {
        "scan": _("Scan"),
        "scan_note": _("Open WeChat and scan the code on the left. No app, no account."),
        "choose": _("Say who is watching"),
        "watch": _("Watch"),
        "watch_note": _("It begins by itself. The page always says what has been recorded."),
        "by_hand": _("Cannot scan? Type this in the phone's browser:"),
        "evenings": ngettext("%(number)s lecture", "%(number)s lectures", len(lectures))
        % {"number": len(lectures)},
        "doors": _("Doors open at %(time)s; come in early and wait.") % {"time": doors.pop()}
        if len(doors) == 1
        else _("Doors open ten minutes earlier."),
        "never": _("The lecture hall never asks for money, ID numbers or bank cards."),
    }


def _sheet(code: CodeRow) -> Sheet:
    url = learning_url(settings.PUBLIC_ORIGIN, code.code)
    return Sheet(
        above=code.place.above,
        unit=code.place.unit,
        code=code.grouped,
        address=f"{plain_origin()}/e/",
        url=url,
        qr=qr_svg(url).decode(),
        choose_note=_choose_note(code.audience),
        check=_check(code.audience),
    )


def _choose_note(audience: Audience) -> str:
    if audience is Audience.CLASS:
        return _("Pupil's number and name, then tap who sits beside. On the first evening only.")
    if audience is Audience.STAFF_GROUP:
        return _("Your number and name on the roster. On the first evening only.")
    return _("Tap how many of you are watching. On the first evening only.")


def _check(audience: Audience) -> str:
    where = {"address": f"{plain_origin()}/check"}
    if audience is Audience.CLASS:
        return _(
            "Unsure whether this sheet is genuine? Type the code at %(address)s, or ask the "
            "class teacher."
        ) % where  # fmt: skip
    return _(
        "Unsure whether this sheet is genuine? Type the code at %(address)s, or ask the "
        "committee named above."
    ) % where  # fmt: skip


def _clock(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%H:%M")
