"""Addresses of prompts."""

from django.urls import URLPattern, URLResolver

app_name = "prompts"

urlpatterns: list[URLPattern | URLResolver] = []
