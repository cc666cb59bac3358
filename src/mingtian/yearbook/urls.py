"""Addresses of the year book. ``unit`` is a public id, ``year`` the year in which the book begins."""

from django.urls import path

from mingtian.yearbook.views import books, giving_out, printed

app_name = "yearbook"

BOOK = "<slug:unit>/<int:year>"

urlpatterns = [
    path("", books.own, name="own"),
    path(BOOK, books.book, name="book"),
    path(f"{BOOK}/checks", books.checks, name="checks"),
    path(f"{BOOK}/printed", printed.printed, name="printed"),
    path(f"{BOOK}/give-out", giving_out.give_out, name="give-out"),
    path(f"{BOOK}/paper.<slug:form>", giving_out.paper, name="paper"),
    path(f"{BOOK}/figures.<slug:form>", giving_out.figures, name="figures"),
]
