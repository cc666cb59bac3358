"""What things of groups are called on pages, and a robot's answer in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.core.errors import RuleBroken
from mingtian.groups.rules import Audience, Board, Called, Platform, Vendor
from mingtian.org.rules import Role
from mingtian.readiness.rules import Leg
from mingtian.web.refusals import sentence

PLATFORM_WORDS: dict[Platform, str | Promise] = {
    Platform.WECHAT: _("WeChat"),
    Platform.WECOM: _("WeCom"),
    Platform.DINGTALK: _("DingTalk"),
    Platform.FEISHU: _("Feishu"),
    Platform.QQ: "QQ",
    Platform.OTHER: _("Another platform"),
}
AUDIENCE_WORDS: dict[Audience, str | Promise] = {
    Audience.COMMITTEES: _("Grass-roots committees"),
    Audience.SCHOOLS: _("Urban and rural schools"),
    Audience.TEACHERS: _("Class teachers"),
    Audience.FAMILIES: _("Families of pupils"),
}
LEG_WORDS: dict[Leg, str | Promise] = {
    Leg.FAMILY: _("Family"),
    Leg.SCHOOL: _("School"),
    Leg.SOCIETY: _("Society"),
}
BOARD_WORDS: dict[Board, str | Promise] = {
    Board.ENTER: _("How to get in fast"),
    Board.LEARNED: _("What we learned"),
}
ROLE_WORDS: dict[Role, str | Promise] = {
    Role.DIRECTOR: _("Director"),
    Role.OFFICE: _("Office"),
    Role.PRINCIPAL: _("Principal"),
    Role.DUTY_TEACHER: _("Duty teacher"),
    Role.CLASS_TEACHER: _("Class teacher"),
}

CODE_WORDS: dict[tuple[Vendor, str], str | Promise] = {
    (Vendor.WECOM, "93000"): _("The robot was removed from the group, or its address is wrong."),
    (Vendor.WECOM, "45009"): _("The robot was called too often; it is tried again later."),
    (Vendor.DINGTALK, "300001"): _(
        "The robot was removed from the group, or its address is wrong."
    ),
    (Vendor.DINGTALK, "310000"): _(
        "The secret does not fit, or the text lacks the key word that the group asks for."
    ),
    (Vendor.DINGTALK, "130101"): _("The robot was called too often; it is tried again later."),
    (Vendor.FEISHU, "19001"): _("The robot was removed from the group, or its address is wrong."),
    (Vendor.FEISHU, "19021"): _("The secret does not fit."),
    (Vendor.FEISHU, "19024"): _("The text lacks the key word that the group asks for."),
    (Vendor.FEISHU, "11232"): _("The robot was called too often; it is tried again later."),
}
"""The vendors' published codes that an office can do something about."""


def robot_words(robot: Called, vendor: Vendor | None, code: str) -> str:
    """Return what became of a text at the robot; "" for one that goes by hand."""
    if robot is Called.SENT:
        return str(_("The robot has said it."))
    if robot is Called.DUE:
        return str(_("The robot will say it within a few minutes."))
    if robot is Called.NONE:
        return ""
    known = CODE_WORDS.get((vendor, code)) if vendor else None
    refusal = robot_refusal(robot, code)
    return " ".join(str(part) for part in (known, refusal and sentence(refusal)) if part)


def robot_refusal(robot: Called, code: str) -> RuleBroken | None:
    """Return why a robot did not say a text, as pages tell refusals; None when it did or will."""
    if robot is Called.REFUSED:
        return RuleBroken("robot_refused", code=code or "–")
    if robot is Called.SILENT:
        return RuleBroken("robot_silent")
    return RuleBroken("robot_too_late") if robot is Called.LATE else None
