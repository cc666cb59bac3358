"""Signing in by name and password; allauth asks for the second factor where there is one."""

from allauth.account.internal.flows.login import perform_password_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mingtian.core import clock
from mingtian.staff.access import holds_a_post
from mingtian.staff.forms import SignInForm


class SignIn(LoginView):
    """The first step; leads to the second or to the page that was asked for."""

    template_name = "web/login.html"
    redirect_authenticated_user = True
    authentication_form = SignInForm

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Hand over to allauth, which knows the further steps."""
        user = form.get_user()
        assert isinstance(user, User)
        return enter(self.request, user, self.get_redirect_url())


def enter(request: HttpRequest, user: User, leads_to: str = "") -> HttpResponse:
    """Begin a session for somebody who has just typed the right password.

    For five minutes the password need not be typed again, so that a second factor can be set up.
    An account whose post is still to begin is led to the sign-in.
    """
    if not holds_a_post(user, clock.day_of(clock.now())):
        messages.info(request, _("You can sign in from the day on which your post begins."))
        return redirect("sign-in")
    login = Login(user=user, redirect_url=leads_to or None)
    reply: HttpResponse = perform_password_login(request, {"username": user.get_username()}, login)
    if request.user.is_authenticated:
        record_authentication(request, user, method="password", reauthenticated=True)
    return reply


sign_in = SignIn.as_view()
