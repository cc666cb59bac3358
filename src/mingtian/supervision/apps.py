from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "mingtian.supervision"
    label = "supervision"
