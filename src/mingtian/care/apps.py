from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "mingtian.care"
    label = "care"
