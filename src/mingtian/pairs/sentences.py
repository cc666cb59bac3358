"""What people read when something about pairs is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "pair_helper_unvetted": _(
        "Nobody has checked yet whether this helper has a criminal record. The helper's office notes the"
        " check; only then may a pair begin."
    ),
    "pair_vetting_over": _(
        "The helper's check ran out on %(day)s. Have the office note a new one; then the pair goes on."
    ),
    "pair_check_in_future": _(
        "The day of the check lies in the future. Choose today or an earlier day."
    ),
    "pair_check_old": _("This check is more than a year old. Have a new one made and note that."),
    "pair_vets_oneself": _("Nobody notes a check of oneself. Ask a colleague of the office."),
    "pair_handover_outside": _(
        "This person does not help at the child's place or school, or above it. Choose somebody from the"
        " list."
    ),
    "pair_same_helper": _("The second helper is another person than the first. Choose again."),
    "pair_exists": _("These two are a pair already. Open that pair instead."),
    "pair_file_closed": _("The child's file is closed. Have it opened again first."),
    "pair_rhythm": _("Agree on a visit every 1 to %(most)s days."),
    "pair_until_past": _("The last day lies in the past. Choose a later one, or leave it out."),
    "pair_ended": _("This pair has ended. Begin a new one."),
    "pair_goals_meanwhile": _(
        "Somebody has changed these goals at this very moment. Load the page again and look."
    ),
    "pair_goal_long": _("Keep a goal to %(most)s characters."),
    "pair_note_long": _("Keep the note to %(most)s characters."),
    "pair_over": _(
        "You no longer help in this pair since %(day)s. Give your note to the case worker; it stays on this"
        " telephone until you remove it."
    ),
    "pair_not_open": _(
        "This pair is not open to you at present. Ask the case worker; your note stays on this telephone."
    ),
    "pair_visit_in_future": _("The visit lies in the future. Correct day and hour."),
    "pair_visit_too_early": _("You help here since %(day)s. Correct the day of the visit."),
    "pair_visit_after_end": _(
        "The visit lies after %(day)s, when this pair ended. Correct the day, or ask the case worker."
    ),
    "pair_minutes": _(
        "A visit that was made lasts from 1 to %(most)s minutes. Correct the minutes."
    ),
    "pair_visit_kept_already": _(
        "This visit was sent before and told otherwise. What was sent first is kept; remove this draft, or"
        " note it as another visit."
    ),
    "pair_visit_unreadable": _("Something is missing. Say when, how, and for how long."),
}
