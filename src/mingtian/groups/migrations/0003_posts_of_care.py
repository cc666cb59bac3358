"""Before the new code: posts of case workers, counsellors, helpers, aid clerks and cashiers."""

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
        "case_worker",
        "counsellor",
        "helper",
        "aid_clerk",
        "cashier",
    )
]


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_posts_and_robots")]

    operations = [
        migrations.AlterField(
            model_name="group",
            name="in_charge_role",
            field=models.CharField(blank=True, choices=ROLES, default="", max_length=24),
        )
    ]
