"""Addresses of prompts. ``unit`` is a public id, ``lecture`` the lecture's number."""

from django.urls import path

from mingtian.prompts import views

app_name = "prompts"

EVENING = "<int:lecture>/<slug:unit>"

urlpatterns = [
    path("", views.own, name="own"),
    path(EVENING, views.page, name="page"),
    path(f"{EVENING}/chain.<slug:form>", views.export, name="export"),
    path(f"{EVENING}/passed-on", views.pass_on, name="pass-on"),
    path(f"{EVENING}/prompt", views.prompt, name="prompt"),
    path(f"{EVENING}/robot", views.robot, name="robot"),
]
