-- 300,000 cases of children in 30 counties of the synthetic province: 200 villages a county, 50 cases a
-- village, in random order, as years leave them. To be run past the walls (superuser).
CREATE TEMP TABLE place AS
SELECT 200000 + n AS id, 100 + n / 200 AS county, 1000 + (n / 200) * 5 + n % 5 AS town FROM generate_series(0, 5999) AS n;

INSERT INTO org_unit (id, public_id, kind, name, name_en, opened_on)
SELECT id, 'v' || lpad(id::text, 11, '0'), 'village', 'village ' || id, '', '2020-01-01' FROM place;
INSERT INTO org_unit_name (unit_id, name, name_en, starts_on)
SELECT id, 'village ' || id, '', '2020-01-01' FROM place;
INSERT INTO org_placement (unit_id, line, superior_id, path, starts_on)
SELECT place.id, 'leads', place.town, town.path || place.id::text, '2020-01-01'
FROM place JOIN org_placement town ON town.unit_id = place.town AND town.line = 'leads';

INSERT INTO auth_user (id, username, password, is_superuser, is_staff, is_active, first_name, last_name, email, date_joined)
SELECT 500000 + n, 'bench-worker-' || n, '', false, false, true, '', '', '', now() FROM generate_series(0, 599) AS n;

INSERT INTO vault_child (id, public_id, unit_id, school_id, state, admitted_at)
SELECT n, 'k' || lpad(n::text, 11, '0'), place.id, 3000 + (place.county - 100) * 15 + n % 15,
       CASE WHEN n % 10 = 0 THEN 'closed' ELSE 'open' END, now()
FROM generate_series(1, 300000) AS n JOIN place ON place.id = 200000 + n % 6000
ORDER BY random();

INSERT INTO care_case (public_id, number, child_id, unit_id, school_id, worker_id, opened_at, opened_by_id, version, risk,
                       assessed_at, agreed_at, planned_at, plan_state, due_on, contact_from, contact_on,
                       closed_at, closed_by_id, closed_for)
SELECT 'c' || lpad(child.id::text, 11, '0'), '2026-' || lpad(child.id::text, 6, '0'), child.id, child.unit_id,
       child.school_id, worker, opened, worker, 1, (ARRAY['low', 'medium', 'high', 'urgent'])[1 + child.id % 4],
       opened, opened, opened, 'approved', current_date + (child.id % 60)::int - 20,
       CASE WHEN child.id % 3 = 0 THEN current_date - 100 END, CASE WHEN child.id % 3 = 0 THEN current_date - (child.id % 12)::int END,
       CASE WHEN child.state = 'closed' THEN now() END, CASE WHEN child.state = 'closed' THEN worker END,
       CASE WHEN child.state = 'closed' THEN 'goals_met' ELSE '' END
FROM (SELECT *, 500000 + id % 600 AS worker, now() - make_interval(hours => (id * 7919 % 17520)::int) AS opened FROM vault_child) AS child
ORDER BY random();
ANALYZE org_unit, org_unit_name, org_placement, auth_user, vault_child, care_case;
