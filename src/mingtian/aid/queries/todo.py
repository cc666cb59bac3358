"""How what waits at aid is told on the desk (vault.queries.todo); the SQL function aid_waits counts."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from mingtian.vault.queries.todo import Shown

ABOUT = _("Student aid")

SHOWN: Mapping[str, Shown] = {
    "aid.approve": Shown(text=_("Decide lists of aid"), about=ABOUT, url="aid:approvals"),
    "aid.pay": Shown(text=_("Put approved grants into a batch"), about=ABOUT, url="aid:index"),
    "aid.batch": Shown(text=_("Pay a batch that is ready"), about=ABOUT, url="aid:index"),
    "aid.held": Shown(
        text=_("Decide what becomes of a grant on hold"), about=ABOUT, url="aid:index"
    ),
    "aid.receive": Shown(text=_("Note who has received the money"), about=ABOUT, url="aid:index"),
}
