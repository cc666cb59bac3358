"""Addresses of gifts. All variable parts but ``kind`` and ``form`` are public ids."""

from django.urls import path

from mingtian.gifts.views import drives, gifts, handing, needs, stock

app_name = "gifts"

urlpatterns = [
    path("", stock.index, name="index"),
    path("stock.<slug:form>", stock.stock_file, name="stock-file"),
    path("items", stock.items, name="items"),
    path("move", stock.move, name="move"),
    path("new/<slug:kind>", gifts.new, name="new"),
    path("list", gifts.listing, name="list"),
    path("list.<slug:form>", gifts.list_file, name="list-file"),
    path("one/<slug:gift>", gifts.one, name="gift"),
    path("one/<slug:gift>/receipt.<slug:form>", gifts.receipt, name="receipt"),
    path("one/<slug:gift>/undo", gifts.undo, name="undo"),
    path("donors", gifts.donors, name="donors"),
    path("donors/<slug:donor>", gifts.donor, name="donor"),
    path("donors/<slug:donor>/statement.<slug:form>", gifts.statement, name="statement"),
    path("drives", drives.drives, name="drives"),
    path("partners", drives.partners, name="partners"),
    path("partners/<slug:partner>/needs.<slug:form>", needs.hand_out, name="hand-out"),
    path("rounds", handing.rounds, name="rounds"),
    path("rounds/<slug:going>", handing.one, name="round"),
    path("rounds/<slug:going>/list.<slug:form>", handing.round_file, name="round-file"),
    path("handed/<slug:handover>", handing.sign_off, name="sign-off"),
    path("handed/<slug:handover>/undo", handing.undo, name="hand-undo"),
    path("carry", handing.carry, name="carry"),
    path("carry/<slug:handover>", handing.hand_over, name="hand-over"),
    path("carry/<slug:handover>/not-given", handing.not_given, name="not-given"),
    path("confirm", handing.confirming, name="confirming"),
    path("confirm/<slug:handover>", handing.confirm, name="confirm"),
    path("needs", needs.needs, name="needs"),
    path("needs/new", needs.new, name="need-new"),
    path("needs/<slug:need>/release", needs.release, name="release"),
    path("needs/<slug:need>/withdraw", needs.withdraw, name="withdraw"),
    path("needs/<slug:need>/met", needs.met, name="met"),
]
