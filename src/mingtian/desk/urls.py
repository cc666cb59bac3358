"""Addresses of the desk."""

from django.urls import path

from mingtian.desk import views

app_name = "desk"

urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("desk/search", views.search, name="search"),
]
