"""What readers are told when something about getting ready is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "not_of_this_campaign": _(
        "This does not belong to the campaign. Load the page again and choose from its lists."
    ),
    "duty_doubled": _(
        "%(who)s already has a turn on that evening. Nobody can be in two places: choose somebody else."
    ),
    "duty_without_first": _(
        "There is a substitute but nobody in charge on that evening. Name the person in charge first."
    ),
    "swap_with_oneself": _("This is your own turn. Choose a colleague to change with."),
    "swap_open_already": _(
        "You have asked somebody about this turn already. Take that back before you ask again."
    ),
    "swap_answered": _("This has been answered or taken back already. Load the page again."),
    "swap_lapsed": _(
        "The duty has been changed since this was asked. Look at the roster, then ask again."
    ),
    "past_evening": _(
        "This evening is over. Who had charge of it stays in the record; choose an evening to come."
    ),
    "readiness_day_ahead": _("This day is still to come. Enter it when it has happened."),
    "meeting_recorded": _(
        "This meeting is entered under meetings with its numbers. Open it there to change its day."
    ),
    "readiness_words_missing": _("Say in a few words what it is."),
    "readiness_words_too_long": _("This is too long. Use at most %(most)s characters."),
    "size_impossible": _("This number cannot be. Enter a whole number from %(least)s to %(most)s."),
    "choice_unknown": _("Choose one of the entries in the list."),
    "line_twice": _(
        "This group is on the sheet by this way already. Take that line off first, or choose another way."
    ),
    "kind_not_invited": _(
        "The campaign does not invite this kind of people. Choose a kind that it invites."
    ),
    "duty_twice": _("This group does that at this block already. Take that line off first."),
    "above_volunteers": _(
        "The roster of this group has %(most)s five-old. Enter at most that, or bring in the roster first."
    ),
    "pilot_without_consent": _(
        "A pilot takes part by consent only. Ask, and enter the day on which it was given."
    ),
    "pilot_chosen_already": _("This community is a pilot already. Choose another one."),
    "pilot_coordinator_elsewhere": _(
        "This person keeps no office of the community or its township. Choose somebody listed there, or leave "
        "the choice empty."
    ),
    "pilot_has_ended": _("This pilot has ended. What is known about it stays; nothing is added."),
    "pilot_home_unknown": _(
        "This home is not among those of the community, or has withdrawn. Leave the choice empty."
    ),
    "pilot_home_not_told": _(
        "This home agreed to an earlier notice, which does not tell of pilots. It is asked at its next "
        "entry; choose it afterwards, or leave the choice empty."
    ),
    "pilot_home_twice": _("This home is a pilot family here already. Choose another one."),
    "demands_screenshot": _(
        "“%(words)s” asks for pictures of the screen. Families may not be asked for screenshots "
        "(opinions of the central cyberspace committee of December 2023 on formalism at the fingertips). "
        "Take the words out; the system counts by itself."
    ),
    "demands_reply": _(
        "“%(words)s” demands instant replies. Groups may not demand them "
        "(opinions of the central cyberspace committee of December 2023). Take the words out."
    ),
    "demands_punch_in": _(
        "“%(words)s” is a punch-in. Compulsory punch-in is banned "
        "(document 12 of 2026 of the State Council General Office). Take the words out; entering once is enough."
    ),
    "names_consequence": _(
        "“%(words)s” threatens a consequence. Study time may not be a basis of assessment, and not "
        "taking part has no consequence (document 12 of 2026 of the State Council General Office). "
        "Take the words out."
    ),
    "names_target": _(
        "“%(words)s” sets families a number to reach. There are no targets for families "
        "(document 12 of 2026 of the State Council General Office). Invite everybody and name no number."
    ),
    "not_voluntary": _(
        "The sheet does not say that taking part is voluntary for families. Add the word “voluntary”."
    ),
}
