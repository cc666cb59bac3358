"""What allauth asks this house: messages, who may sign up (nobody), sealing of second factors."""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingtian.core.seal import Place
from mingtian.core.sealing import sealer

# allauth does not say whose secret it is, so the place names table and column alone.
SECRETS = Place(table="mfa_authenticator", column="data", row="")

MESSAGES = {
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app was taken off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was taken off."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes were made."),
}
"""What is worth saying; allauth's other messages stay unsaid."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": _("The password is not right. Type it once more."),
        "too_many_login_attempts": _("There were too many wrong tries. Wait a quarter of an hour."),
        "rate_limited": _("There were too many wrong tries. Wait a quarter of an hour."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what ``MESSAGES`` holds, in this house's words."""
        said = MESSAGES.get(message_template or "", message)
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets are sealed with the keys of the installation."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or it was used already. Type the next one."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret of an authenticator app or the seed of recovery codes."""
        return b64encode(sealer().seal(text, SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what :meth:`encrypt` sealed."""
        return sealer().open(b64decode(encrypted_text), SECRETS)

    def build_totp_svg(self, url: str) -> str:
        """Draw the code with the same library as all others of the house."""
        drawn = BytesIO()
        code = segno.make(url, error="m", micro=False)
        code.save(drawn, kind="svg", scale=4, border=2, dark="#1c2b45", xmldecl=False)
        return drawn.getvalue().decode()

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,
    ) -> str:
        """Name a passkey by its number."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}
