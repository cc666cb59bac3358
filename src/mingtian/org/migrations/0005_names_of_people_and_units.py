"""Before the new code: what a person and a unit are called, for every statement that says it."""

from django.db import migrations

# What account.get_full_name() says, or the account's own name: tests hold the two to one another.
PERSON = """
CREATE FUNCTION org_person_name(first_name text, last_name text, account text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(nullif(btrim(first_name || ' ' || last_name), ''), account)
"""
# Inside a house every grade has a Class 1, and every township a village of that name: such a unit is
# named from its house down. Each step is its name with the English one.
UNIT = """
CREATE FUNCTION org_full_name(unit bigint, day date) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT array_agg(ARRAY[called.name, called.name_en]::text[] ORDER BY way.step)
    FROM (
        SELECT step.id, step.step,
               max(step.step) FILTER (WHERE each.kind <> 'grade' AND step.id <> own.id) OVER ()
                   AS house,
               own.kind IN ('grade', 'class', 'staff_group', 'village') AS inner_one,
               step.id = own.id AS itself
        FROM org_unit AS own
        JOIN org_placement AS place ON place.unit_id = own.id AND place.line = 'leads'
         AND org_holds(place.starts_on, place.ends_on, $2)
        CROSS JOIN LATERAL unnest(string_to_array(place.path::text, '.')::bigint[])
            WITH ORDINALITY AS step (id, step)
        JOIN org_unit AS each ON each.id = step.id
        WHERE own.id = $1
    ) AS way
    JOIN org_unit_name AS called ON called.unit_id = way.id
     AND org_holds(called.starts_on, called.ends_on, $2)
    WHERE way.itself OR way.inner_one AND way.step >= way.house
$$
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0004_posts_of_care")]

    operations = [
        migrations.RunSQL(PERSON, "DROP FUNCTION org_person_name(text, text, text)"),
        migrations.RunSQL(UNIT, "DROP FUNCTION org_full_name(bigint, date)"),
    ]
