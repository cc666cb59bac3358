from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "mingtian.readiness"
    label = "readiness"
