"""Addresses of the pages of units."""

from django.urls import path

from mingtian.org import views

app_name = "org"

urlpatterns = [path("desk/units", views.unit_list, name="unit-list")]
