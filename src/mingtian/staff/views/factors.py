"""allauth's pages of second factors, in the look of this house."""

from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse_lazy

from mingtian.core import clock
from mingtian.staff.queries import needs_second_factor
from mingtian.staff.views.holders import View, for_holders
from mingtian.web.reader import person


class Index(base.IndexView):  # type: ignore[misc]
    """What the person has set up, and whether something must be."""

    template_name = "staff/factors.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add whether the person's post waits for a second factor."""
        user = person(self.request)
        held = Authenticator.objects.filter(user=user)
        shown: dict[str, object] = super().get_context_data(**kwargs)
        return shown | {
            "must": needs_second_factor(user.pk, clock.day_of(clock.now())),
            "totp": held.filter(type=Authenticator.Type.TOTP).first(),
            "codes": held.filter(type=Authenticator.Type.RECOVERY_CODES).first(),
            "passkeys": held.filter(type=Authenticator.Type.WEBAUTHN).order_by("pk"),
        }


def with_password(view: View) -> View:
    """Hide a page from accounts without a password, which only a command can make."""

    @for_holders
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not person(request).has_usable_password():
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def second_step(request: HttpRequest) -> HttpResponseBase:
    """Ask for the second factor; whoever is signed in already finds it like any own page."""
    shown = for_holders(_code) if request.user.is_authenticated else _code
    return shown(request)


_code = base.AuthenticateView.as_view(template_name="staff/code.html")
BACK = reverse_lazy("mfa_index")

index = with_password(Index.as_view())
authenticate = second_step
again_by_password = with_password(
    account.ReauthenticateView.as_view(template_name="staff/again_password.html")
)
again_by_code = with_password(
    base.ReauthenticateView.as_view(template_name="staff/again_code.html")
)
again_by_passkey = with_password(
    webauthn.ReauthenticateWebAuthnView.as_view(template_name="staff/again_passkey.html")
)
set_up_app = with_password(totp.ActivateTOTPView.as_view(template_name="staff/app_on.html"))
take_off_app = with_password(
    totp.DeactivateTOTPView.as_view(template_name="staff/app_off.html", success_url=BACK)
)
show_codes = with_password(codes.ViewRecoveryCodesView.as_view(template_name="staff/codes.html"))
new_codes = with_password(
    codes.GenerateRecoveryCodesView.as_view(template_name="staff/codes_new.html")
)
codes_file = with_password(codes.DownloadRecoveryCodesView.as_view(template_name="staff/codes.txt"))
add_passkey = with_password(
    webauthn.AddWebAuthnView.as_view(template_name="staff/passkey_add.html")
)
remove_passkey = with_password(
    webauthn.RemoveWebAuthnView.as_view(template_name="staff/passkey_remove.html", success_url=BACK)
)
