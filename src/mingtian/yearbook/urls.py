"""Addresses of yearbook."""

from django.urls import URLPattern

app_name = "yearbook"

urlpatterns: list[URLPattern] = []
