from django.apps import AppConfig


class GiftsConfig(AppConfig):
    name = "mingtian.gifts"
    label = "gifts"

    def ready(self) -> None:
        from mingtian.gifts.actions.forgetting import forget
        from mingtian.vault.events import forget_with

        forget_with("gifts", forget)
