"""After the new code: a tombstone is written when the key is gone; when, it says once."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_asking_and_seeing")]

    operations = [migrations.RemoveField(model_name="tombstone", name="key_gone_at")]
