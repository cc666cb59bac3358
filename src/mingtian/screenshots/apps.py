from django.apps import AppConfig


class ScreenshotsConfig(AppConfig):
    name = "mingtian.screenshots"
    label = "screenshots"
