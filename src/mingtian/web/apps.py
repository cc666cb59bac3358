from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mingtian.web"
    label = "web"
