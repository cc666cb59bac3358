"""Words for kinds of units and for what a post is for."""

from django.utils.translation import gettext_lazy as _

from mingtian.org.rules import Role, UnitKind

KIND_WORDS = {
    UnitKind.NATION: _("Nation"),
    UnitKind.PROVINCE: _("Province"),
    UnitKind.CITY: _("City"),
    UnitKind.COUNTY: _("County or district"),
    UnitKind.TOWNSHIP: _("Township or street"),
    UnitKind.VILLAGE: _("Village or community"),
    UnitKind.SECTOR: _("Sector committee"),
    UnitKind.SCHOOL: _("School"),
    UnitKind.GRADE: _("Grade"),
    UnitKind.CLASS: _("Class"),
    UnitKind.STAFF_GROUP: _("Staff group"),
}

FIVE_OLD_GROUP = _("Group of five-old")


def kind_word(kind: UnitKind, above: UnitKind | None) -> str:
    """Name a kind of unit. A staff group is of a school's teachers; elsewhere it is of five-old."""
    if kind is UnitKind.STAFF_GROUP and above is not None and above is not UnitKind.SCHOOL:
        return str(FIVE_OLD_GROUP)
    return str(KIND_WORDS[kind])


ROLE_WORDS = {
    Role.DIRECTOR: _("Director"),
    Role.OFFICE: _("Office"),
    Role.CLERK: _("Statistics clerk"),
    Role.AUDITOR: _("Auditor"),
    Role.PRINCIPAL: _("Principal"),
    Role.DUTY_TEACHER: _("Duty teacher"),
    Role.CLASS_TEACHER: _("Class teacher"),
    Role.CASE_WORKER: _("Case worker"),
    Role.COUNSELLOR: _("Counsellor"),
    Role.HELPER: _("Helper"),
    Role.AID_CLERK: _("Aid clerk"),
    Role.CASHIER: _("Cashier"),
}
