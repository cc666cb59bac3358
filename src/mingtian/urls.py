"""Addresses of everything that Django serves. Ingest's own are in mingtian.asgi."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from mingtian.staff.urls import account

# allauth looks for it here.
handler429 = "mingtian.staff.views.limits.too_many"

# Whoever signs in begins at the desk.
first = login_required(RedirectView.as_view(pattern_name="desk:desk"))

urlpatterns: list[URLPattern | URLResolver] = [
    path("", first, name="first"),
    path("desk/sign-out", LogoutView.as_view(), name="sign-out"),
    path("", include("mingtian.org.urls")),
    path("", include("mingtian.people.urls")),
    path("", include("mingtian.campaigns.urls")),
    path("web/", include("mingtian.web.urls")),
    path("", include("mingtian.certificates.urls")),
    path("", include("mingtian.comments.urls")),
    path("", include("mingtian.screenshots.urls")),
    path("", include("mingtian.wechat.urls")),
    path("", include("mingtian.family.urls")),
    path("", include("mingtian.staff.urls")),
    path("", include(account)),
    path("desk/documents/", include("mingtian.documents.urls")),
    path("desk/readiness/", include("mingtian.readiness.urls")),
    path("desk/meetings/", include("mingtian.meetings.urls")),
    path("desk/groups/", include("mingtian.groups.urls")),
    path("desk/days/", include("mingtian.closings.urls")),
    path("desk/supervision/", include("mingtian.supervision.urls")),
    path("desk/bulletins/", include("mingtian.bulletins.urls")),
    path("desk/prompts/", include("mingtian.prompts.urls")),
    path("desk/vault/", include("mingtian.vault.urls")),
    path("desk/children/", include("mingtian.children.urls")),
    path("desk/care/", include("mingtian.care.urls")),
    path("desk/pairs/", include("mingtian.pairs.urls")),
    path("desk/aid/", include("mingtian.aid.urls")),
    path("desk/gifts/", include("mingtian.gifts.urls")),
    path("desk/yearbook/", include("mingtian.yearbook.urls")),
    path("", include("mingtian.desk.urls")),
    path("boards/", include("mingtian.boards.urls")),
]
