"""What roles are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.org.rules import Role

ROLE_WORDS: dict[Role, str | Promise] = {
    Role.DIRECTOR: _("Director"),
    Role.OFFICE: _("Office"),
    Role.CLERK: _("Statistics clerk"),
    Role.AUDITOR: _("Auditor"),
    Role.PRINCIPAL: _("Principal"),
    Role.DUTY_TEACHER: _("Duty teacher"),
    Role.CLASS_TEACHER: _("Class teacher"),
}


def role_word(role: str) -> str:
    """Return what a role is called in the reader's language."""
    return str(ROLE_WORDS[Role(role)])
