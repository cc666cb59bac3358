"""How kin and kinds of people are called, wherever pages name them. Translated when read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.people.rules import ExemptReason, Kin, PersonKind

KIN_WORDS: dict[str, "str | Promise"] = {
    Kin.MOTHER: _("Mother"),
    Kin.FATHER: _("Father"),
    Kin.PATERNAL_GRANDMOTHER: _("Grandmother (paternal)"),
    Kin.PATERNAL_GRANDFATHER: _("Grandfather (paternal)"),
    Kin.MATERNAL_GRANDMOTHER: _("Grandmother (maternal)"),
    Kin.MATERNAL_GRANDFATHER: _("Grandfather (maternal)"),
    Kin.OTHER_GUARDIAN: _("Other guardian"),
}
"""A relative of a child. Keys are the words of :class:`Kin`."""

KIND_WORDS: dict[int, "str | Promise"] = {
    PersonKind.PUPIL: _("Pupil"),
    PersonKind.PARENT: _("Parent"),
    PersonKind.GRANDPARENT: _("Grandparent"),
    PersonKind.OTHER_GUARDIAN: _("Other guardian"),
    PersonKind.TEACHER: _("Teacher"),
    PersonKind.FIVE_OLD: _("Five-old"),
    PersonKind.RESIDENT: _("Resident"),
}
"""One person of a kind."""

PEOPLE_WORDS: dict[int, "str | Promise"] = {
    PersonKind.PUPIL: _("Pupils"),
    PersonKind.PARENT: _("Parents"),
    PersonKind.GRANDPARENT: _("Grandparents"),
    PersonKind.OTHER_GUARDIAN: _("Other guardians"),
    PersonKind.TEACHER: _("Teachers"),
    PersonKind.FIVE_OLD: _("Five-old"),
    PersonKind.RESIDENT: _("Residents"),
}
"""All persons of a kind, as a heading."""

EXEMPT_WORDS: dict[ExemptReason, "str | Promise"] = {
    ExemptReason.NO_SMARTPHONE: _("No smartphone at home"),
    ExemptReason.ELDERLY_GUARDIAN: _("An elderly guardian who cannot use one"),
    ExemptReason.OTHER: _("Another reason"),
}
"""Why a family is exempt."""


def named_kinds() -> dict[str, "str | Promise"]:
    """Return the words of one person by the kind's name, as scripts and files know it."""
    return {PersonKind(kind).name.lower(): word for kind, word in KIND_WORDS.items()}
