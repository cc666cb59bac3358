"""What people read when something about the year book is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "yearbook_not_over": _(
        "The year runs until %(last)s, and its numbers still move. Give out today's numbers now, and"
        " close the year afterwards."
    ),
    "yearbook_closed": _(
        "This year is closed: its numbers stand as they were given out. A correction belongs into the"
        " next year's book, with a word about it."
    ),
    "yearbook_given_out_today": _(
        "Today's numbers were given out already, and there is one edition a day. Try again tomorrow."
    ),
    "yearbook_nothing_given_out": _(
        "No numbers of this year were given out yet. The county's office does that on its page."
    ),
}
