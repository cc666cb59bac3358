"""Addresses of the family's own pages."""

from django.urls import URLPattern, path

from mingtian.family.views import asking, calendars, home

app_name = "family"

urlpatterns: list[URLPattern] = [
    path("my", home.my, name="my"),
    path("my/open", home.open_page, name="open"),
    path("my/home", home.switch_home, name="switch-home"),
    path("my/leave", home.leave, name="leave"),
    path("my/ask/<int:number>/<slug:person>", asking.ask, name="ask"),
    path("my/evenings.ics", calendars.my_calendar, name="my-calendar"),
    path("calendar/<slug:campaign>.ics", calendars.campaign_calendar, name="campaign-calendar"),
]
