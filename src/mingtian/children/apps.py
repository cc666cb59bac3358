from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "mingtian.children"
    label = "children"

    def ready(self) -> None:
        from mingtian.children.actions.forgetting import forget
        from mingtian.children.actions.staying import end_own
        from mingtian.vault.events import end_with, forget_with

        forget_with("children", forget)
        end_with("children.child", end_own)
