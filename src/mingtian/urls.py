"""Addresses of everything that Django serves. Ingest's own are in mingtian.asgi."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("mingtian.org.urls")),
    path("", include("mingtian.people.urls")),
    path("web/", include("mingtian.web.urls")),
    path("boards/", include("mingtian.boards.urls")),
]
