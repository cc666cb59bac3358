"""What waits at the register, as the desk asks for it (vault.queries.todo, children_waits)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.children.waiting import Waiting
from mingtian.children.words import WAITING_WORDS
from mingtian.vault.queries.todo import Shown


def _shown(waits: Waiting, about: str | Promise) -> Shown:
    return Shown(
        text=WAITING_WORDS[waits], about=about, url="children:register", query=f"?waits={waits}"
    )


W = Waiting

SHOWN: Mapping[str, Shown] = {
    f"children.{waits}": _shown(waits, about)
    for waits, about in {
        W.CONSENT: _("Children registered a week ago and more"),
        W.OWN_CONSENT: _("Children who turn 14 this year, or have"),
        W.OUTGROWN: _("Children in difficulty"),
        W.MOVED: _("Children who have moved away"),
        W.WITHOUT_WORKER: _("They have moved here, or their worker has left"),
        W.FAR: _("Children who have moved here"),
    }.items()
}
