"""Before the new code: the campaign knows itself whether its units are compared."""

from django.db import migrations

CARRY_OVER = """
UPDATE campaigns_campaign AS c SET compares_units = latest.on
FROM (SELECT DISTINCT ON (campaign_id) campaign_id, "on"
      FROM bulletins_switching ORDER BY campaign_id, id DESC) AS latest
WHERE latest.campaign_id = c.id
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial"), ("campaigns", "0005_compares_units")]

    operations = [migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop)]
