"""Words for categories, kin and consents, and the texts that families agree to."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.children.rules import (
    Basis,
    Category,
    Closing,
    ConsentPurpose,
    Despite,
    GuardianKin,
    Party,
    Sex,
    Way,
    Whereabouts,
)
from mingtian.children.waiting import Waiting
from mingtian.vault.rules import FileState, Part

Word = str | Promise

CATEGORY_WORDS: dict[Category, Word] = {
    Category.LEFT_BEHIND: _("Left-behind child"),
    Category.POVERTY: _("In difficulty: family poverty"),
    Category.OWN_DISABILITY: _("In difficulty: own disability or illness"),
    Category.GUARDIANSHIP: _("In difficulty: missing or improper guardianship"),
    Category.ORPHAN: _("Orphan"),
    Category.UNATTENDED: _("De facto unattended child"),
    Category.SINGLE_PARENT: _("Child of a single-parent family"),
}

BASIS_WORDS: dict[Basis, Word] = {
    Basis.BOTH_AWAY: _("both parents work away"),
    Basis.ONE_AWAY_OTHER_UNABLE: _("one parent away, the other unable to guard"),
    Basis.MINIMUM_LIVING: _("the family receives the minimum living allowance"),
    Basis.LOW_INCOME: _("the family has a low income"),
    Basis.OTHER_HARDSHIP: _("another hardship of the family"),
    Basis.DISABLED: _("the child is disabled"),
    Basis.GRAVELY_ILL: _("the child is gravely ill"),
    Basis.NO_GUARDIAN: _("nobody is guardian"),
    Basis.IMPROPER_GUARDIAN: _("the guardian neglects or harms the child"),
    Basis.PARENTS_DEAD: _("both parents have died"),
    Basis.PARENTS_UNFOUND: _("the parents cannot be found"),
    Basis.BOTH_UNABLE: _("both parents are unable to care"),
    Basis.ONE_LOST_OTHER_UNABLE: _("one parent dead or missing, the other unable to care"),
    Basis.PARENT_DEAD: _("one parent has died"),
    Basis.PARENTS_APART: _("the parents live apart"),
}

SEX_WORDS: dict[Sex, Word] = {Sex.GIRL: _("girl"), Sex.BOY: _("boy"), Sex.UNSAID: _("not said")}

KIN_WORDS: dict[GuardianKin, Word] = {
    GuardianKin.FATHER: _("father"),
    GuardianKin.MOTHER: _("mother"),
    GuardianKin.GRANDPARENT: _("grandparent"),
    GuardianKin.RELATIVE: _("other relative"),
    GuardianKin.ENTRUSTED: _("entrusted person"),
    GuardianKin.INSTITUTION: _("institution"),
}

WHEREABOUTS_WORDS: dict[Whereabouts, Word] = {
    Whereabouts.HOME: _("at home"),
    Whereabouts.IN_PROVINCE: _("away, in the province"),
    Whereabouts.OTHER_PROVINCE: _("away, in another province"),
    Whereabouts.ABROAD: _("abroad"),
    Whereabouts.UNKNOWN: _("not known"),
    Whereabouts.DEAD: _("has died"),
}

DESPITE_WORDS: dict[Despite, Word] = {
    Despite.SIBLING: _("A brother or sister of the child shown"),
    Despite.NAMESAKE: _("Another child of the same name"),
    Despite.OTHER_CHILD: _("Another child, for another reason"),
}

CLOSING_WORDS: dict[Closing, Word] = {
    Closing.GROWN_UP: _("The child is 18 or has left school"),
    Closing.MOVED_AWAY: _("The child lives outside the city now"),
    Closing.NO_LONGER: _("Neither help nor aid is needed any more"),
    Closing.WITHDRAWN: _("The consent was taken back"),
    Closing.MISTAKE: _("Registered by mistake, or twice"),
}

STATE_WORDS: dict[FileState, Word] = {
    FileState.OPEN: _("file open"),
    FileState.CLOSED: _("file closed"),
}

WAITING_WORDS: dict[Waiting, Word] = {
    Waiting.CONSENT: _("Ask for the consent to case work"),
    Waiting.OWN_CONSENT: _("Ask the child for its own consent"),
    Waiting.OUTGROWN: _("End categories that children have grown out of"),
    Waiting.MOVED: _("See that somebody there takes the child over"),
    Waiting.WITHOUT_WORKER: _("Find a worker for a child"),
    Waiting.FAR: _("Say whether helpers from before the move stay"),
}

PART_WORDS: dict[Part, Word] = {
    Part.WORKER: _("works for the child"),
    Part.HELPER: _("helps"),
    Part.COUNSELLOR: _("counsels"),
}

PURPOSE_WORDS: dict[ConsentPurpose, Word] = {
    ConsentPurpose.CASE_WORK: _("Case work"),
    ConsentPurpose.HELPING: _("A helper is told"),
    ConsentPurpose.COUNSELLING: _("Counselling"),
    ConsentPurpose.AID: _("Aid is applied for and paid"),
    ConsentPurpose.SHARING: _("Passing on to a licensed partner, without name"),
    ConsentPurpose.PUBLISHING: _("Publishing"),
}

PARTY_WORDS: dict[Party, Word] = {
    Party.GUARDIAN: _("the guardian"),
    Party.CHILD: _("the child, from 14"),
}

WAY_WORDS: dict[Way, Word] = {
    Way.PAPER: _("signed on paper"),
    Way.VISIT: _("on a home visit"),
    Way.SPOKEN: _("spoken, before a witness"),
}

CONSENT_TEXTS: dict[tuple[ConsentPurpose, int], Word] = {
    (ConsentPurpose.CASE_WORK, 1): _(
        "The care committee keeps the child's name, birth, schooling, home and situation, sealed, so that"
        " one case worker can help. The file is erased three years after it is closed. You may look at it,"
        " have it corrected and take this back at any time; help that the law demands goes on."
    ),
    (ConsentPurpose.HELPING, 1): _(
        "A vetted helper is told the child's name and what helping needs: no address book, no papers,"
        " no reasons. The helper's sight ends with the pair."
    ),
    (ConsentPurpose.COUNSELLING, 1): _(
        "The school's counsellor may talk with the child. What is said stays with the counsellor, unless"
        " somebody is in danger."
    ),
    (ConsentPurpose.AID, 1): _(
        "Name, class and account are used to apply for aid, to pay it and to account for it, and for"
        " nothing else."
    ),
    (ConsentPurpose.SHARING, 1): _(
        "A need is passed on to a licensed charity under a number, without name, school or place."
    ),
    (ConsentPurpose.PUBLISHING, 1): _(
        "What exactly is published was shown before; names are masked and pictures made unknowable. It"
        " comes down after the term, or as soon as you take this back."
    ),
}
