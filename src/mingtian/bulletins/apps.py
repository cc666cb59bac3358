from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "mingtian.bulletins"
    label = "bulletins"
