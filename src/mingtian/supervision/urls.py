"""Addresses of supervision. ``unit``, ``task``, ``ticket`` and ``visit`` are public ids."""

from django.urls import path

from mingtian.supervision.views import help as helping
from mingtian.supervision.views import tasks, tickets, visits

app_name = "supervision"

urlpatterns = [
    path("", helping.own, name="own"),
    path("tasks/<slug:task>", tasks.show, name="task"),
    path("tasks/<slug:task>/take", tasks.take, name="take"),
    path("tasks/<slug:task>/give", tasks.give, name="give"),
    path("tasks/<slug:task>/done", tasks.done, name="done"),
    path("tickets/<slug:ticket>", tickets.show, name="ticket"),
    path("tickets/<slug:ticket>/answer", tickets.answer, name="answer"),
    path("tickets/<slug:ticket>/give", tickets.give, name="give-ticket"),
    path("tickets/<slug:ticket>/pass-up", tickets.pass_up, name="pass-up"),
    path("tickets/<slug:ticket>/solve", tickets.solve, name="solve"),
    path("tickets/<slug:ticket>/close", tickets.close, name="close"),
    path("visits/<slug:visit>", visits.show, name="visit"),
    path("visits/<slug:visit>/findings", visits.findings, name="findings"),
    path("visits/<slug:visit>/call-off", visits.call_off, name="call-off"),
    path("visits/<slug:visit>/follow-ups", visits.follow_up, name="follow-up"),
    path("follow-ups/<slug:follow_up>/done", visits.follow_up_done, name="follow-up-done"),
    path("<slug:unit>/ask", tickets.ask, name="ask"),
    path("<slug:unit>/visits", visits.listing, name="visits"),
    path("<slug:unit>/visits.<slug:form>", visits.export, name="visits-export"),
    path("<slug:unit>/visits/new", visits.plan, name="plan"),
    path("<int:lecture>/<slug:unit>", helping.show, name="help"),
    path("<int:lecture>/<slug:unit>/<slug:what>.<slug:form>", helping.export, name="export"),
]
