from django.apps import AppConfig


class GiftsConfig(AppConfig):
    name = "mingtian.gifts"
    label = "gifts"
