from django.apps import AppConfig


class FamilyConfig(AppConfig):
    name = "mingtian.family"
    label = "family"
