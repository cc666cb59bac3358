"""Addresses of screenshots."""

from django.urls import URLPattern

app_name = "screenshots"

urlpatterns: list[URLPattern] = []
