from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "mingtian.vault"
    label = "vault"
