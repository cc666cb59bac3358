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
