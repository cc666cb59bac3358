"""Addresses of readiness. ``campaign`` and ``unit`` are public ids."""

from django.urls import path

from mingtian.readiness.views import duty, files, overview, pilots, plans, work

app_name = "readiness"

AT = "<slug:campaign>/<slug:unit>"

urlpatterns = [
    path("", overview.own, name="own"),
    path("mine", duty.mine, name="mine"),
    path("mine/<slug:turn>/swap", duty.swap_ask, name="swap-ask"),
    path("mine/swaps/<slug:swap>", duty.swap_answer, name="swap-answer"),
    path(AT, overview.unit, name="unit"),
    path(f"{AT}/checklist", overview.fill, name="fill"),
    path(f"{AT}/plan", plans.plan, name="plan"),
    path(f"{AT}/plan/lines", plans.plan_line, name="plan-line"),
    path(f"{AT}/plan/lines/<slug:line>/remove", plans.plan_line_remove, name="plan-line-remove"),
    path(f"{AT}/requirements", plans.sheet, name="sheet"),
    path(f"{AT}/duty", duty.duty, name="duty"),
    path(f"{AT}/five-old", work.volunteers, name="volunteers"),
    path(f"{AT}/five-old/<slug:duty>/remove", work.volunteers_remove, name="volunteers-remove"),
    path(f"{AT}/log", work.log, name="log"),
    path(f"{AT}/log/<slug:activity>/remove", work.log_remove, name="log-remove"),
    path(f"{AT}/pilots", pilots.pilots, name="pilots"),
    path(f"{AT}/pilots/<slug:pilot>/end", pilots.pilot_end, name="pilot-end"),
    path(f"{AT}/pilots/<slug:pilot>/finding", pilots.pilot_finding, name="pilot-finding"),
    path(f"{AT}/families", pilots.families, name="families"),
    path(f"{AT}/families/<slug:family>/drop", pilots.family_drop, name="family-drop"),
    path(f"{AT}/<slug:what>.<slug:form>", files.export, name="export"),
]
