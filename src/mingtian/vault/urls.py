"""Addresses of the vault. ``child`` and ``asked`` are public ids."""

from django.urls import path

from mingtian.vault.views import asking, readings, requests

app_name = "vault"

urlpatterns = [
    path("", requests.requests, name="requests"),
    path("readings", readings.readings, name="readings"),
    path("readings.<slug:form>", readings.export, name="readings-file"),
    path("requests/<slug:asked>/decide", requests.decide, name="decide"),
    path("requests/<slug:asked>/review", requests.review, name="review"),
    path("children/<slug:child>", asking.ask, name="ask"),
    path("children/<slug:child>/read", asking.ask_to_read, name="ask-to-read"),
    path("children/<slug:child>/open", asking.break_glass, name="break-glass"),
    path("children/<slug:child>/erase", asking.ask_to_erase, name="ask-to-erase"),
]
