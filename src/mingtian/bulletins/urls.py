"""Addresses of bulletins. ``unit`` is a public id, ``lecture`` the lecture's number."""

from django.urls import path

from mingtian.bulletins.views import comparing, papers

app_name = "bulletins"

DAY = "<int:lecture>/<slug:unit>"
PAPER = f"{DAY}/<slug:kind>"

urlpatterns = [
    path("", papers.own, name="own"),
    path("unit/<slug:unit>", papers.archive, name="archive"),
    path("unit/<slug:unit>/archive.<slug:form>", papers.export, name="export"),
    path(f"{DAY}/units", comparing.units, name="units"),
    path(f"{DAY}/units.<slug:form>", comparing.export, name="units-export"),
    path(f"{DAY}/switch", comparing.switch, name="switch"),
    path(PAPER, papers.paper, name="paper"),
    path(f"{PAPER}/begin", papers.begin, name="begin"),
    path(f"{PAPER}/drop", papers.drop, name="drop"),
    path(f"{PAPER}/figures", papers.take_figures, name="figures"),
    path(f"{PAPER}/issue", papers.issue, name="issue"),
    path(f"{PAPER}/groups", papers.post_to_groups, name="groups"),
    path(f"{PAPER}/sections/<slug:section>", papers.edit, name="edit"),
    path(f"{PAPER}/<int:edition>", papers.edition, name="edition"),
    path(f"{PAPER}/<int:edition>/paper.<slug:form>", papers.file, name="file"),
]
