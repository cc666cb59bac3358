"""What readers are told when a prompt cannot be passed on or sent."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "prompt_not_your_link": _(
        "You prompt those directly below you, who then pass it on. Choose one from your list."
    ),
    "prompt_too_early": _("It is too early. From %(at)s on it can be done."),
    "prompt_too_late_for_families": _(
        "After nine in the evening, and after the lecture, nothing more goes to families. "
        "Let it rest for tonight; there is nothing to make up for."
    ),
    "prompt_lecture_over": _(
        "The lecture is over. Nobody needs to be prompted any more; the replay stays open."
    ),
    "prompt_none": _("Nothing waits to be passed on here. Load the page again."),
    "prompt_passed_on": _("It was passed on at %(at)s already. Nothing more is to be done."),
    "prompt_nobody_missing": _("Everybody who is expected is in. Nobody needs to be prompted."),
    "prompt_sent_already": _(
        "It was prompted at %(at)s by another office already. Once an evening is enough."
    ),
}
