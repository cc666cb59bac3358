from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "mingtian.desk"
    label = "desk"

    def ready(self) -> None:
        from mingtian.desk import receivers  # noqa: F401 - registers them
