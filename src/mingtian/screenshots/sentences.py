"""What families and offices are told about screenshots: what is wrong, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.screenshots.rules import Refusal

SENTENCES: dict[str, str | Promise] = {
    Refusal.OFF: _("No screenshots are needed here: your evening is recorded by itself."),
    Refusal.TOO_EARLY: _("The lecture has not begun. Send the picture during it or afterwards."),
    Refusal.TOO_LATE: _(
        "This evening is closed. If it was not recorded, write to the class teacher."
    ),
    Refusal.NO_LECTURE: _("This evening is not in the plan. Load the page again."),
    Refusal.NO_CLASS: _(
        "There is no child of a class in this home. Pictures go to class teachers only."
    ),
    Refusal.WITHDRAWN: _(
        "This home has taken its leave, so nothing more is taken from it. To take part again, "
        "scan the class's code."
    ),
    Refusal.NO_FILE: _("No picture was chosen. Choose one."),
    Refusal.TOO_LARGE: _("The picture is too large. Send one of at most %(most)s MB."),
    Refusal.NO_PICTURE: _(
        "This file is not a picture that can be read here. Send a screenshot as JPEG, PNG or WebP."
    ),
    Refusal.TOO_MANY_PIXELS: _("The picture has too many pixels. Send the screenshot as it is."),
    Refusal.DAMAGED: _("The picture is damaged or not complete. Send it again, or take a new one."),
    Refusal.ANIMATED: _("The picture moves. Send a still one."),
    Refusal.RULE_UNREAD: _("Confirm first that you have read why screenshots are off."),
    Refusal.CAMPAIGN_OVER: _("The campaign is over, so nobody can send anything any more."),
}
