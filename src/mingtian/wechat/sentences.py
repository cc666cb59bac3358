"""What is told when WeChat cannot say whose phone it is. Each leads on to the class's code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.wechat.rules import Refusal

SENTENCES: dict[str, str | Promise] = {
    Refusal.OUTSIDE: _(
        "Only WeChat itself can say this. Open the learning code in WeChat, or go on without it."
    ),
    Refusal.STATE: _(
        "This question to WeChat was begun elsewhere, or too long ago. Begin again, or go on "
        "without it."
    ),
    Refusal.CODE_USED: _(
        "This answer of WeChat was used already. Begin again, or go on without it."
    ),
    Refusal.BUSY: _("WeChat is busy. Try again in a minute, or go on without it."),
    Refusal.NO_ANSWER: _("WeChat does not answer. Go on without it, or try again later."),
    Refusal.UNCLEAR: _("WeChat answered something unclear. Go on without it."),
    Refusal.SET_UP_WRONG: _(
        "WeChat is not set up rightly on this server. Go on without it; the operator finds the "
        "reason in the log."
    ),
    Refusal.NO_SEAT: _(
        "There is no home on this phone yet. Scan the code of the class and enter first."
    ),
}
