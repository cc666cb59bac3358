"""Addresses of the boards. ``unit`` is a public id, ``lecture`` the lecture's number."""

from django.urls import path

from mingtian.boards import views

app_name = "boards"

urlpatterns = [
    path("", views.board_own, name="own"),
    path("<int:lecture>/<slug:unit>", views.board, name="board"),
    path("<int:lecture>/<slug:unit>/wall", views.board_wall, name="wall"),
    path("<int:lecture>/<slug:unit>/evenings", views.board_evenings, name="evenings"),
    path("<int:lecture>/<slug:unit>/export.<slug:form>", views.board_export, name="export"),
    path("<int:lecture>/<slug:unit>/frame.json", views.board_frame, name="frame"),
    path("<int:lecture>/<slug:unit>/stream", views.board_stream, name="stream"),
    path("<int:lecture>/<slug:unit>/states.json", views.board_states, name="states"),
]
