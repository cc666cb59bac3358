from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "mingtian.aid"
    label = "aid"

    def ready(self) -> None:
        from mingtian.aid.actions.forgetting import forget
        from mingtian.vault.events import forget_with

        forget_with("aid", forget)
