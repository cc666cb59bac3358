"""Before the new code: posts of directors, clerks, auditors and duty teachers."""

from django.db import migrations, models

ROLES = [
    (word, word)
    for word in (
        "director",
        "office",
        "clerk",
        "auditor",
        "principal",
        "duty_teacher",
        "class_teacher",
    )
]


class Migration(migrations.Migration):
    dependencies = [("org", "0002_codes_are_dated_and_unique")]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(max_length=24, choices=ROLES),
        )
    ]
