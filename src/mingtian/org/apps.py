from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "mingtian.org"
    label = "org"
