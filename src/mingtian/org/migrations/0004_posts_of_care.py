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
    dependencies = [("org", "0003_more_posts")]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(max_length=24, choices=ROLES),
        )
    ]
