from django.apps import AppConfig


class PromptsConfig(AppConfig):
    name = "mingtian.prompts"
    label = "prompts"
