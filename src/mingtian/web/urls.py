"""Addresses of language, type size and the page of components."""

from django.conf import settings
from django.urls import path

from mingtian.web import views

app_name = "web"

urlpatterns = [
    path("language", views.language, name="language"),
    path("type", views.type_size, name="type"),
]
if settings.DEBUG:
    urlpatterns.append(path("components", views.components, name="components"))
