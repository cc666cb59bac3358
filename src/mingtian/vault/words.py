"""Words for what is asked, read and found."""

from django.utils.translation import gettext_lazy as _

from mingtian.vault.rules import Asking, Basis, FieldClass, Purpose, Verdict

ASKING_WORDS = {
    Asking.READ: _("Reading"),
    Asking.GLASS: _("Opened in an emergency"),
    Asking.ERASE: _("Erasing"),
}

BASIS_WORDS = {
    Basis.GUARDIAN: _("The guardian asks for it"),
    Basis.CHILD: _("The child, 14 or older, asks for it"),
    Basis.MISTAKE: _("The child was registered by mistake"),
    Basis.TERM: _("The time for keeping is over"),
}

CLASS_WORDS = {
    FieldClass.NAME: _("the child's name"),
    FieldClass.IDENTITY: _("birth and schooling"),
    FieldClass.HOME: _("home and guardians"),
    FieldClass.SITUATION: _("situation and plan"),
    FieldClass.HEALTH: _("health"),
    FieldClass.HELPING: _("helping"),
    FieldClass.TALKS: _("talks"),
    FieldClass.PAYMENT: _("payment"),
}

PURPOSE_WORDS = {
    Purpose.CASE_WORK: _("case work"),
    Purpose.HELPING: _("helping"),
    Purpose.COUNSELLING: _("counselling"),
    Purpose.AID: _("aid"),
    Purpose.REGISTERING: _("registering"),
    Purpose.SUPERVISING: _("supervising"),
    Purpose.APPROVED_READING: _("reading that was approved"),
    Purpose.BROKEN_GLASS: _("emergency"),
    Purpose.RIGHTS: _("rights of the family"),
}

VERDICT_WORDS = {
    Verdict.IN_ORDER: _("All in order"),
    Verdict.ASKED_ABOUT: _("I have asked about it"),
}
