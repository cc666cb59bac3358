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
    "yearbook_given_out_lately": _(
        "Numbers were given out on %(day)s. Two editions that follow each other closely would tell of"
        " single children, so the next one can be given out from %(next)s on."
    ),
    "yearbook_printed_nothing": _("Enter a number above zero, as it was printed."),
    "yearbook_source_missing": _("Say where it was printed: report, day and part."),
    "yearbook_nothing_given_out": _(
        "No numbers of this year were given out yet. The county's office does that on its page."
    ),
}
