"""Addresses of accounts: below /desk/staff/ those of others, below /desk/account/ the own one.

``account`` are those that allauth leads to by name, so they stand outside the namespace.
"""

from django.urls import path

from mingtian.staff.views import factors, invitations, join, own, people, trail
from mingtian.staff.views.sign_in import sign_in

app_name = "staff"

urlpatterns = [
    path("desk/account/", own.own, name="own"),
    path("desk/account/password", own.password, name="password"),
    path("desk/account/sessions/end", own.session_end, name="session-end"),
    path("desk/account/sessions/end-others", own.sessions_end, name="sessions-end"),
    path("desk/staff/", people.people, name="people"),
    path("desk/staff/posts.<slug:form>", people.people_file, name="people-file"),
    path("desk/staff/post", people.post, name="post"),
    path("desk/staff/post/end", people.post_end, name="post-end"),
    path("desk/staff/post/hand-over", people.post_hand_over, name="post-hand-over"),
    path("desk/staff/post/access", people.access, name="access"),
    path("desk/staff/post/close-account", people.account_close, name="account-close"),
    path("desk/staff/invite", invitations.invite_page, name="invite"),
    path("desk/staff/invitations/<slug:invitation>", invitations.invitation, name="invitation"),
    path(
        "desk/staff/invitations/<slug:invitation>/withdraw",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("desk/staff/trail", trail.trail, name="trail"),
    path("desk/staff/trail.<slug:form>", trail.trail_file, name="trail-file"),
    path("desk/join/<slug:secret>", join.join, name="join"),
]

account = [
    path("desk/sign-in", sign_in, name="sign-in"),
    path("desk/sign-in", sign_in, name="account_login"),
    path("desk/sign-in/code", factors.authenticate, name="mfa_authenticate"),
    path("desk/account/again", factors.again_by_password, name="account_reauthenticate"),
    path("desk/account/again/code", factors.again_by_code, name="mfa_reauthenticate"),
    path(
        "desk/account/again/passkey",
        factors.again_by_passkey,
        name="mfa_reauthenticate_webauthn",
    ),
    path("desk/account/factors", factors.index, name="mfa_index"),
    path("desk/account/factors/app", factors.set_up_app, name="mfa_activate_totp"),
    path("desk/account/factors/app/off", factors.take_off_app, name="mfa_deactivate_totp"),
    path("desk/account/factors/codes", factors.show_codes, name="mfa_view_recovery_codes"),
    path("desk/account/factors/codes/new", factors.new_codes, name="mfa_generate_recovery_codes"),
    path("desk/account/factors/codes.txt", factors.codes_file, name="mfa_download_recovery_codes"),
    path("desk/account/factors/passkey", factors.add_passkey, name="mfa_add_webauthn"),
    path(
        "desk/account/factors/passkey/<int:pk>/off",
        factors.remove_passkey,
        name="mfa_remove_webauthn",
    ),
]
