"""Find the few seats that were taken with help among all of a campaign. Before the new code."""

from django.db import migrations

FIND = "CREATE INDEX attendance_seat_helped ON attendance_seat (household) WHERE assisted"


class Migration(migrations.Migration):
    dependencies = [("attendance", "0006_enter_with_consent")]
    operations = [migrations.RunSQL(FIND, "DROP INDEX attendance_seat_helped")]
