"""What people read when something about a case is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "care_open_already": _(
        "This child has an open case already. %(number)s Look for it among the cases, or ask its"
        " case worker to hand it over."
    ),
    "care_case_still_open": _(
        "The child has an open case. Close the case; the file closes with it."
    ),
    "care_closed": _("This case is closed. Open it again first if there is more to do."),
    "care_erased": _(
        "This child was erased. Of the case only its number is left; nothing can be added."
    ),
    "care_changed_meanwhile": _(
        "Somebody else changed this case while you were writing. What stands there now is shown"
        " beside what you typed; nothing is lost."
    ),
    "care_not_assessed": _("Assess how the child is first; the plan follows from it."),
    "care_not_planned": _(
        "There is no approved plan yet. Write one, or wait for the office's approval."
    ),
    "care_not_reviewed": _(
        "Look first how the plan has helped, together with the family; then the case can be closed"
        " for this reason."
    ),
    "care_points_missing": _("Choose one answer in each line."),
    "care_goals_missing": _("Write a goal in at least one of the four areas."),
    "care_words_missing": _("Say it in a few words."),
    "care_words_too_long": _("That is longer than %(most)s characters. Keep what helping needs."),
    "care_day_missing": _("Choose the day."),
    "care_day_to_come": _("This day is still to come. Choose the day on which it happened."),
    "care_day_past": _("This day is past. Choose today or a day to come."),
    "care_day_too_early": _(
        "This day lies before %(since)s, when it was planned. Choose a later one."
    ),
    "care_choose": _("Choose one of what is offered."),
    "care_milestone_order": _(
        "Assistance is applied for, then approved, then paid. Note the earlier step first, with a day"
        " that is not later."
    ),
    "care_handover_outside": _(
        "This person is no case worker at the child's place or above it. Choose somebody of the line,"
        " or let the register note first that the child has moved."
    ),
    "care_handover_waits": _("Somebody else was asked already. Take that question back first."),
    "care_handover_gone": _("This hand-over is over: it was accepted, declined or taken back."),
    "care_works_already": _("This person works in the case already. Choose somebody else."),
    "care_lead_stays": _("The case worker's part ends by a hand-over or by closing the case."),
    "care_counsellor_elsewhere": _(
        "This person is no counsellor at the child's school. Choose one of that school."
    ),
    "care_own_plan": _("You wrote this plan yourself. Somebody else of the office decides on it."),
    "care_plan_not_waiting": _("This plan waits for no decision any more. Look how it stands now."),
    "care_child_agrees_too": _(
        "From 14 the child agrees too. Ask the child, then choose that both agreed."
    ),
    "care_talk_not_agreed": _(
        "Nobody has agreed to talks with this child. Note the consent first, or choose why the talk could"
        " not wait; the office is shown the reason."
    ),
    "care_talk_withdrawn": _(
        "The consent to talks was withdrawn. Only signs of harm or danger count now; else ask again for"
        " the consent first."
    ),
    "care_passed_unasked": _(
        "What names the child is passed on only by leave that was given before. Choose who agreed and on"
        " which day, or leave it out."
    ),
    "care_referral_over": _(
        "This referral has its answer or was taken back. Look how it stands now."
    ),
    "care_service_over": _("This was done or called off already. Look how it stands now."),
    "care_no_case": _("This child has no open case. Ask the case worker of its place to open one."),
    "care_nobody_told": _(
        "Choose whom you told: the police, civil affairs or the education authority. Tell them first if"
        " you have not."
    ),
    "care_told_when": _(
        "Choose when you told them: not in time to come, and at most %(days)s days ago."
    ),
    "care_names_child": _(
        "The office is to answer without knowing who the child is. Take the name and long numbers"
        " out of your words."
    ),
    "care_answered_already": _("This has an answer already. Look at it first."),
}
