"""Addresses of pairs. ``pair`` and ``child`` are public ids, ``own`` a visit's id, ``helper`` a username."""

from django.urls import path

from mingtian.pairs.views import arranging, helpers, pairs, visits

app_name = "pairs"

PAIR = "<slug:pair>"

urlpatterns = [
    path("", pairs.own, name="own"),
    path("list", pairs.listing, name="list"),
    path("list.<slug:form>", pairs.export, name="export"),
    path("silent", pairs.silent, name="silent"),
    path("helpers", helpers.helpers, name="helpers"),
    path("helpers.<slug:form>", helpers.export, name="helpers-file"),
    path("helpers/<str:helper>/vet", helpers.vet, name="vet"),
    path("helpers/<str:helper>/stop", helpers.stop, name="stop"),
    path("record", helpers.record, name="record"),
    path("record.<slug:form>", helpers.record_file, name="record-file"),
    path("questions", visits.questions, name="questions"),
    path("visits/<uuid:own>/looked", visits.looked, name="looked"),
    path("visit", visits.shell, name="visit"),
    path("visit/mine", visits.mine, name="mine"),
    path("visit/tell", visits.tell, name="tell"),
    path("worker.js", visits.worker, name="worker"),
    path("children/<slug:child>", arranging.start, name="start"),
    path(PAIR, pairs.show, name="pair"),
    path(f"{PAIR}/goals", arranging.goals, name="goals"),
    path(f"{PAIR}/rhythm", arranging.rhythm, name="rhythm"),
    path(f"{PAIR}/hand-over", arranging.hand_over, name="hand-over"),
    path(f"{PAIR}/beside", arranging.beside, name="beside"),
    path(f"{PAIR}/pause", arranging.pause, name="pause"),
    path(f"{PAIR}/resume", arranging.resume, name="resume"),
    path(f"{PAIR}/end", arranging.end, name="end"),
    path(f"{PAIR}/report", pairs.report, name="report"),
    path(f"{PAIR}/problem", pairs.problem, name="problem"),
]
