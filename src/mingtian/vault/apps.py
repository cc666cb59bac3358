from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VaultConfig(AppConfig):
    name = "mingtian.vault"
    label = "vault"

    def ready(self) -> None:
        # Registers the check by being imported.
        from mingtian.vault import checks  # noqa: F401

        post_migrate.connect(prepare_key_store, sender=self)


def prepare_key_store(**_details: object) -> None:
    """Bring the key store's tables up with the main database's."""
    from mingtian.vault import keystore

    keystore.prepare()
