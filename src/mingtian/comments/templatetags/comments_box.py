"""The sentences that the box in the hall says, carried by the page for its script."""

from django import template
from django.utils.translation import gettext as _

from mingtian.comments.rules import LONGEST_TEXT, MOST_A_LECTURE
from mingtian.comments.words import KIN, KINDS

register = template.Library()


@register.simple_tag
def talk_words() -> dict[str, object]:
    """Return every sentence of the box, in the active language."""
    return {
        "longest": LONGEST_TEXT,
        "most": MOST_A_LECTURE,
        "liked": _("You like this lecture"),
        "like": _("I like this lecture"),
        "sent_phrase": _("Thank you. It is shown in a moment."),
        "sent_text": _("Thank you. It is shown when somebody at school has read it."),
        "sent_pupil": _("Thank you. Your class teacher reads it first."),
        "sending": _("Sending …"),
        "failed": _("This was not sent. Please try again in a moment."),
        "not_reached": _("No connection just now. This opens by itself."),
        "left": _("You may say {n} more."),
        "none_left": _("You have said five things at this lecture, thank you."),
        "nothing_yet": _("Nobody has said anything yet."),
        "text_pupil": _("In your own words, to your class teacher"),
        "text_adult": _("In your own words"),
        "numbered": _("Pupil no. {number}"),
        "kinds": {key: str(word) for key, word in KINDS.items()},
        "kin": {key: str(word) for key, word in KIN.items()},
    }
