from django.apps import AppConfig


class ClosingsConfig(AppConfig):
    name = "mingtian.closings"
    label = "closings"
