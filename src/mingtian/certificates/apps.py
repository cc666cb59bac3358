from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "mingtian.certificates"
    label = "certificates"
