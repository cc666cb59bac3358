from django.apps import AppConfig


class PairsConfig(AppConfig):
    name = "mingtian.pairs"
    label = "pairs"

    def ready(self) -> None:
        from mingtian.pairs.actions.forgetting import forget
        from mingtian.vault.events import forget_with

        forget_with("pairs", forget)
