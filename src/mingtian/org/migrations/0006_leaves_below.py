"""Before the new code: what stands at and below a path on a day, for sums over the tree.

``child`` is the unit one level down in whose part a unit stands, NULL for the path's own. A plain SQL
function: the planner puts its body into the statement that asks, with the path as the value that it
is, and plans as if it were written out there (tests/test_below.py).
"""

from django.db import migrations

BELOW = """
CREATE FUNCTION org_below(line text, top ltree, day date)
RETURNS TABLE (unit_id integer, child integer, path ltree)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT p.unit_id,
           CASE WHEN nlevel(p.path) > nlevel($2)
                THEN subpath(p.path, nlevel($2), 1)::text::integer END,
           p.path
    FROM org_placement AS p
    WHERE p.line = $1 AND p.path <@ $2 AND org_holds(p.starts_on, p.ends_on, $3)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0005_names_of_people_and_units")]

    operations = [
        migrations.RunSQL(BELOW, "DROP FUNCTION org_below(text, ltree, date)"),
    ]
