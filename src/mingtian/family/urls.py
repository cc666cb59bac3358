"""Addresses of the family's own pages."""

from django.urls import URLPattern, path

from mingtian.family.views import asking, calendars, home, papers, receipts, rights

app_name = "family"

urlpatterns: list[URLPattern] = [
    path("my", home.my, name="my"),
    path("my/open", home.open_page, name="open"),
    path("my/home", home.switch_home, name="switch-home"),
    path("my/leave", home.leave, name="leave"),
    path("my/ask/<int:number>/<slug:person>", asking.ask, name="ask"),
    path("my/certificates/<slug:serial>.<slug:form>", papers.certificate, name="certificate"),
    path("my/picture", papers.picture, name="picture"),
    path("my/rights", rights.rights, name="rights"),
    path("my/kept", rights.kept, name="kept"),
    path("my/kept.zip", rights.kept_file, name="kept-file"),
    path("my/correct", rights.correct, name="correct"),
    path("my/correct/<slug:person>/kin", rights.correct_kin, name="correct-kin"),
    path("my/correct/<slug:person>/off", rights.take_off, name="take-off"),
    path("my/withdraw", rights.withdraw_home, name="withdraw"),
    path("my/agree", rights.agree, name="agree"),
    path("my/erase", rights.erase_home, name="erase"),
    path("my/erase/now", rights.erase_now, name="erase-now"),
    path("my/done", receipts.done, name="done"),
    path("my/renew", receipts.renew, name="renew"),
    path("my/receipt", receipts.find, name="find-receipt"),
    path("my/receipt/<slug:code>", receipts.receipt, name="receipt"),
    path("calendar/<slug:campaign>.ics", calendars.campaign_calendar, name="campaign-calendar"),
]
