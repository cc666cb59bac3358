"""Addresses of care. ``case``, ``child`` and the rest are public ids."""

from django.urls import path

from mingtian.care.views import cases, children, plans, referrals, team, tickets, work

app_name = "care"

CASE = "cases/<slug:case>"
CHILD = "children/<slug:child>"

urlpatterns = [
    path("", cases.own, name="own"),
    path("cases", cases.listing, name="cases"),
    path("cases.<slug:form>", cases.export, name="export"),
    path(CASE, cases.show, name="case"),
    path(f"{CASE}/close", cases.close, name="close"),
    path(f"{CASE}/reopen", cases.reopen, name="reopen"),
    path(f"{CASE}/watch", cases.watch, name="watch"),
    path(f"{CASE}/assess", work.assess, name="assess"),
    path(f"{CASE}/services/new", work.service, name="service"),
    path(f"{CASE}/review", work.review, name="review"),
    path(f"{CASE}/milestone", work.milestone, name="milestone"),
    path(f"{CASE}/contact", work.contact, name="contact"),
    path(f"{CASE}/liaison", work.liaison, name="liaison"),
    path(f"{CASE}/referrals/new", referrals.refer, name="refer"),
    path(f"{CASE}/plan", plans.edit, name="plan"),
    path(f"{CASE}/hand-over", team.hand_over, name="hand-over"),
    path(f"{CASE}/second", team.second, name="second"),
    path(f"{CASE}/counsellor", team.counsellor, name="counsellor"),
    path(f"{CASE}/team/<slug:assignment>/end", team.end, name="end-duty"),
    path("services/<slug:service>/done", work.done, name="done"),
    path("services/<slug:service>/call-off", work.call_off, name="call-off"),
    path("referrals/<slug:referral>/answer", referrals.answer, name="answer-referral"),
    path("referrals/<slug:referral>/take-back", referrals.take_back, name="take-back"),
    path("referrals/<slug:referral>/seen", referrals.seen, name="referral-seen"),
    path("plans/<slug:plan>/approve", plans.approve, name="approve"),
    path("plans/<slug:plan>/return", plans.give_back, name="return"),
    path("transfers/<slug:transfer>/accept", team.accept, name="accept"),
    path("transfers/<slug:transfer>/decline", team.decline, name="decline"),
    path("tickets/<slug:ticket>", tickets.show, name="ticket"),
    path("tickets/<slug:ticket>/answer", tickets.answer, name="answer"),
    path("tickets/<slug:ticket>/close", tickets.close, name="close-ticket"),
    path("reports/<slug:report>", children.report_shown, name="report"),
    path("reports/<slug:report>/seen", children.report_seen, name="report-seen"),
    path("talks/<slug:talk>", children.talk_shown, name="talk"),
    path("talks/<slug:talk>/seen", children.talk_seen, name="talk-seen"),
    path(CHILD, children.counselled, name="child"),
    path(f"{CHILD}/open", cases.open_case, name="open"),
    path(f"{CHILD}/duty", children.report, name="duty"),
    path(f"{CHILD}/consent", children.agree, name="agree"),
    path(f"{CHILD}/talks/new", children.talk, name="new-talk"),
    path(f"{CHILD}/talks/hand-over", children.hand_notes, name="hand-notes"),
    path(f"{CHILD}/truancy", children.truancy, name="truancy"),
    path(f"{CHILD}/problem", children.problem, name="problem"),
]
