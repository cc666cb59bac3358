"""What readers are told when an account or an invitation refuses: what is wrong, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "invitation_used": _(
        "This invitation has been used already. Sign in with the account that was made with it; "
        "if that was not you, call your office at once."
    ),
    "invitation_expired": _(
        "This invitation has expired: it was open for seven days. Ask your office for a new one."
    ),
    "invitation_withdrawn": _(
        "This invitation was withdrawn. Ask your office whether there is another one."
    ),
    "invitation_ended": _(
        "This invitation has ended, because a wrong word was typed five times. "
        "Ask your office for a new one."
    ),
    "invitation_wrong_word": _(
        "That is not the word of this invitation. Ask whoever invited you for the six digits, by "
        "telephone. Tries left: %(left)s."
    ),
    "invitation_closed": _(
        "This invitation is not open any more, so it cannot be withdrawn. Look at the list again."
    ),
    "invitation_reaches_further": _(
        "This post would reach units that yours does not. Choose another unit, or ask the office "
        "above to invite."
    ),
    "account_name_taken": _(
        "Somebody else signs in by the name %(name)s. Choose another one, or sign in first if it "
        "is you."
    ),
    "account_name_unfit": _(
        "Choose a name for signing in of 3 to 30 letters and digits, not digits alone; dots and "
        "hyphens may stand inside."
    ),
    "password_weak": _(
        "This password is too easy to guess. Take at least 10 characters, not digits alone, no "
        "common word and nothing of your name."
    ),
    "password_wrong": _("The present password is not right. Type it once more."),
    "too_many_tries": _(
        "There were too many wrong tries. Wait %(minutes)s minutes, then try again."
    ),
    "no_post_today": _(
        "You hold no post today, so there is nothing to open. Ask your office to invite you."
    ),
    "term_empty": _("The last day lies before the first or has passed. Choose a later last day."),
    "post_end_past": _("Days that have passed cannot be changed. Choose today or a later day."),
    "successor_missing": _("Choose a successor from the list, or write a name to invite somebody."),
    "successor_same": _("The successor holds this post already. Choose somebody else."),
    "access_elsewhere": _(
        "This account holds posts that you do not reach. Ask the office above to let it in again."
    ),
    "access_for_account": _(
        "This link sets a new password for an account that there is. Sign out and open it again."
    ),
    "access_for_newcomer": _(
        "This link is for an account that is closed. Ask your office for a new invitation."
    ),
    "handed_over_already": _("This post has been handed over already. Look at the list again."),
}
