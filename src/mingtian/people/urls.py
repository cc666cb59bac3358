"""Addresses of the roster pages and of the notice for families."""

from django.urls import path

from mingtian.people import views

app_name = "people"

urlpatterns = [
    path("notice", views.notice, name="notice"),
    path("notice/<int:version>", views.notice, name="notice-version"),
    path("desk/roster", views.roster, name="roster"),
    path("desk/roster/template.xlsx", views.roster_template, name="roster-template"),
    path("desk/roster/<slug:batch>", views.roster_preview, name="roster-preview"),
    path("desk/roster/<slug:batch>/refused.xlsx", views.roster_rejected, name="roster-rejected"),
    path("desk/roster/<slug:batch>/commit", views.roster_commit, name="roster-commit"),
    path("desk/roster/<slug:batch>/drop", views.roster_drop, name="roster-drop"),
]
