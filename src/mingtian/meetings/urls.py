"""Addresses of meetings, follow-ups and talks. Every variable part is a public id."""

from django.urls import path

from mingtian.meetings.views import follow_ups, keeping, meetings, talks

app_name = "meetings"

UNIT = "units/<slug:unit>"
ONE = "<slug:meeting>"
TALK = "talks/<slug:talk>"

urlpatterns = [
    path("", meetings.own, name="own"),
    path("follow-ups", follow_ups.mine, name="follow-ups"),
    path("follow-ups.<slug:form>", follow_ups.export, name="follow-ups-file"),
    path("follow-ups/<slug:follow_up>", follow_ups.follow_up, name="follow-up"),
    path("follow-ups/<slug:follow_up>/settle", follow_ups.settle, name="settle"),
    path(UNIT, meetings.listed, name="list"),
    path(f"{UNIT}/meetings.<slug:form>", meetings.export, name="list-file"),
    path(f"{UNIT}/new", keeping.new, name="new"),
    path(f"{UNIT}/talks", talks.listed, name="talks"),
    path(f"{UNIT}/talks.<slug:form>", talks.export, name="talks-file"),
    path(f"{UNIT}/talks/new", talks.new, name="talk-new"),
    path(TALK, talks.talk, name="talk"),
    path(f"{TALK}/follow-up", follow_ups.follow_talk, name="talk-follow"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}/change", keeping.change, name="change"),
    path(f"{ONE}/call-off", keeping.call_off, name="call-off"),
    path(f"{ONE}/resolve", follow_ups.resolve, name="resolve"),
    path(f"{ONE}/resolutions/<int:number>/follow-up", follow_ups.follow, name="follow"),
    path(f"{ONE}/minutes.<slug:form>", meetings.minutes, name="minutes"),
]
