"""What readers are told when something about a group is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "group_name_missing": _("Enter the name under which the group is found."),
    "group_name_taken": _("An open group of this unit has this name. Choose another."),
    "group_purpose_missing": _("Say in a sentence what the group is for."),
    "group_words_too_long": _("This is too long. Use at most %(most)s characters."),
    "group_size_impossible": _(
        "Enter how many are in the group, between 1 and %(most)s. Names are not needed."
    ),
    "closing_date_missing": _("Enter the day on which the group closes: it ends with its task."),
    "closing_date_past": _("This closing day is over. Choose today or a later day."),
    "group_code_lives_shorter": _(
        "A code of this platform opens the group for %(days)s days at most. "
        "Enter the day that stands under the code."
    ),
    "in_charge_missing": _("Choose who is in charge of the group."),
    "in_charge_unknown": _("The chosen person has no post at this unit. Choose somebody else."),
    "group_closed": _("The group is closed. Register a new one if it is needed again."),
    "group_foreign": _(
        "One of the groups is not yours to post to. Choose among those that are listed."
    ),
    "list_foreign": _("This list is not there any more. Choose among those that are listed."),
    "list_name_missing": _("Give the list a name."),
    "list_name_taken": _("There is a list of this name. Choose another."),
    "no_groups": _("Choose at least one group, or register one first."),
    "group_text_missing": _("Write the text first."),
    "group_text_too_long": _(
        "The text has %(over)s characters too many; for groups at most %(most)s. Shorten it."
    ),
    "group_text_personal": _(
        "The text holds a telephone or identity number. Take it out: groups are no place for it."
    ),
    "package_title_missing": _("Give what you share a title."),
    "package_link_wrong": _("The link is not complete. It begins with https://."),
    "too_late_for_families": _(
        "Families are left in peace between 21:00 and 7:00. Post it in the morning."
    ),
    "already_acknowledged": _("Your unit has acknowledged this on %(at)s. Nothing more is needed."),
    "entry_missing": _("Write something first."),
    "entry_too_long": _("This is %(over)s characters too long; at most %(most)s. Shorten it."),
    "entry_gone": _("This was taken back by its writer. Load the page again."),
    "entry_changed": _("The text was changed while you read it. Read it again, then decide."),
    "entry_decided": _("Somebody else has decided on this. Load the page again."),
    "entry_not_shown": _("Only what is shown on the board about entering becomes a tip."),
    "robot_not_on_platform": _("Groups on this platform have no robot. Paste the texts by hand."),
    "robot_host_not_allowed": _(
        "Robots on %(host)s are not allowed here. Copy the address from the group's settings; "
        "for another server ask whoever runs this installation."
    ),
    "robot_address_wrong": _(
        "This is not the address of a robot. Copy it whole from the group's settings."
    ),
    "robot_secret_too_long": _(
        "The secret is too long; at most %(most)s characters. Copy it again."
    ),
    "robot_refused": _(
        "The robot refused the text (code %(code)s). Paste it by hand, "
        "then check key word and secret in the group's settings."
    ),
    "robot_silent": _("The robot did not answer. Paste the text by hand."),
    "robot_too_late": _("It was too late for the robot to say it. Paste the text by hand in time."),
}
