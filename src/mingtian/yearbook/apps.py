from django.apps import AppConfig


class YearbookConfig(AppConfig):
    name = "mingtian.yearbook"
    label = "yearbook"
