"""Addresses of the days. ``unit`` is a public id, ``lecture`` the lecture's number."""

from django.urls import path

from mingtian.closings import views

app_name = "closings"

DAY = "<int:lecture>/<slug:unit>"

urlpatterns = [
    path("", views.own, name="own"),
    path(DAY, views.day, name="day"),
    path(f"{DAY}/day.<slug:form>", views.export, name="export"),
    path(f"{DAY}/confirm", views.confirm, name="confirm"),
    path(f"{DAY}/freeze", views.freeze, name="freeze"),
    path(f"{DAY}/questions/<slug:question>", views.answer, name="answer"),
    path(f"{DAY}/correct", views.correct, name="correct"),
    path(f"{DAY}/summary", views.summary, name="summary"),
    path(f"{DAY}/closing.txt", views.file, name="file"),
]
