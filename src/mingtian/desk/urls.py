"""Addresses of the desk."""

from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView

from mingtian.desk import views

app_name = "desk"

slash = RedirectView.as_view(pattern_name="desk:desk", http_method_names=["get", "head"])

urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("desk/", login_required(slash), name="slash"),
    path("desk/search", views.search, name="search"),
]
