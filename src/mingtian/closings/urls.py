"""Addresses of closings."""

from django.urls import URLPattern, URLResolver

app_name = "closings"

urlpatterns: list[URLPattern | URLResolver] = []
