from django.apps import AppConfig


class PairsConfig(AppConfig):
    name = "mingtian.pairs"
    label = "pairs"
