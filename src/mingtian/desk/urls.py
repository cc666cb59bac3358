"""Addresses of the desk."""

from django.urls import path
from django.views.generic import RedirectView

from mingtian.desk import views

app_name = "desk"

urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("desk/", RedirectView.as_view(pattern_name="desk:desk")),
    path("desk/search", views.search, name="search"),
]
