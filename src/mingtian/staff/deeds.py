"""What the audit trail tells of what this module does."""

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AREA = _("Accounts and sign-in")

DEEDS: dict[str, str | Promise] = {
    "staff.access_refused": _("Was refused renewing somebody's access"),
    "staff.access_renewed": _("Renewed somebody's access"),
    "staff.account_closed": _("Closed an account"),
    "staff.account_made": _("Made an account"),
    "staff.factor_added": _("Added a second step of sign-in"),
    "staff.factor_refused": _("Was refused at the second step of sign-in"),
    "staff.factor_removed": _("Removed a second step of sign-in"),
    "staff.factor_used": _("Passed the second step of sign-in"),
    "staff.handed_over": _("Handed a post over"),
    "staff.invitation_accepted": _("Accepted an invitation"),
    "staff.invitation_refused": _("Was refused an invitation"),
    "staff.invitation_withdrawn": _("Withdrew an invitation"),
    "staff.invitation_wrong_word": _("Typed the wrong word of an invitation"),
    "staff.invite_refused": _("Was refused to invite"),
    "staff.invited": _("Invited somebody to a post"),
    "staff.password_changed": _("Changed the password"),
    "staff.password_refused": _("Was refused a new password"),
    "staff.sessions_ended": _("Ended sign-ins on other devices"),
    "staff.sign_in_failed": _("Failed to sign in"),
    "staff.sign_in_refused": _("Was refused to sign in without a post"),
    "staff.signed_in": _("Signed in"),
    "staff.signed_out": _("Signed out"),
    "staff.trail_taken": _("Took the trail out as a file"),
}

VALUES: dict[str, Mapping[Any, str | Promise]] = {
    "staff.kind": {
        Authenticator.Type.TOTP.value: _("Authenticator app"),
        Authenticator.Type.WEBAUTHN.value: _("Passkey"),
        Authenticator.Type.RECOVERY_CODES.value: _("Recovery codes"),
    },
}
