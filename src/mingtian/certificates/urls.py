"""Addresses of certificates. ``/c`` and ``/issuer`` are public and stay the same for years."""

from django.urls import URLPattern, path

from mingtian.certificates.views import checking, desk, issuer

app_name = "certificates"

urlpatterns: list[URLPattern] = [
    path("c", checking.check_typed, name="check-typed"),
    path("c/<str:serial>", checking.check, name="check"),
    path("issuer/<slug:campaign>", issuer.profile, name="issuer"),
    path("issuer/<slug:campaign>/keys/<int:number>", issuer.key, name="issuer-key"),
    path("issuer/<slug:campaign>/keys/<int:number>.jwk", issuer.key_jwk, name="issuer-key-jwk"),
    path("issuer/<slug:campaign>/achievements/<slug:kind>", issuer.achievement, name="achievement"),
    path("issuer/<slug:campaign>/revocations", issuer.revocations, name="revocations"),
    path("desk/campaigns/<slug:campaign>/certificates", desk.rules, name="rules"),
    path("desk/campaigns/<slug:campaign>/certificates/back", desk.take_back, name="take-back"),
    path("desk/certificates", desk.rates_own, name="rates-own"),
    path("desk/certificates/<slug:campaign>/<slug:unit>", desk.rates, name="rates"),
    path("desk/certificates/<slug:campaign>/<slug:unit>/booklet.pdf", desk.booklet, name="booklet"),
]
