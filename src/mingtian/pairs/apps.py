from django.apps import AppConfig


class PairsConfig(AppConfig):
    name = "mingtian.pairs"
    label = "pairs"

    def ready(self) -> None:
        from mingtian.pairs.actions.forgetting import forget
        from mingtian.pairs.actions.pairing import end_by_number
        from mingtian.vault.events import end_with, forget_with

        forget_with("pairs", forget)
        end_with("pairs.duty", end_by_number)
