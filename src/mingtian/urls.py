"""Addresses of everything that Django serves. Ingest's own are in mingtian.asgi."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
