-- What PostgreSQL works out from the rows of cases: how far each has come, and what waits for whom.
-- Run again whenever it changes.

-- A role makes functions only where it may create; so it may for the length of this.
GRANT CREATE ON SCHEMA public TO mingtian_keeper;
SET LOCAL ROLE mingtian_keeper;

-- Works out from its rows how far a case has come. What happened before the plan in force was
-- approved belongs to an earlier plan.
CREATE OR REPLACE FUNCTION care_derive() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    changed bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
BEGIN
    UPDATE care_case own SET
        assessed_at = known.at, risk = known.level,
        agreed_at = (SELECT max(plan.at) FROM care_plan plan WHERE plan.case_id = own.id),
        planned_at = ruling.decided_at,
        served_at = (SELECT min(service.done_at) FROM care_service service
                     WHERE service.case_id = own.id AND service.done_at >= ruling.decided_at),
        reviewed_at = looked.at,
        plan_state = (SELECT plan.state FROM care_plan plan WHERE plan.case_id = own.id
                      ORDER BY plan.version DESC LIMIT 1),
        due_on = least(
            (SELECT min(service.due_on) FROM care_service service
             WHERE service.case_id = own.id AND service.done_at IS NULL AND service.called_off_at IS NULL),
            CASE WHEN looked.at IS NULL THEN ruling.review_on ELSE looked.next_on END),
        answer_on = (SELECT min(referral.answer_by) FROM care_referral referral
                     WHERE referral.case_id = own.id AND referral.ended_at IS NULL),
        contact_on = (SELECT max(contact.spoke_on) FROM care_contact contact
                      WHERE contact.case_id = own.id)
    FROM (SELECT) AS one
    LEFT JOIN LATERAL (
        SELECT assessment.at, assessment.level FROM care_assessment assessment
        WHERE assessment.case_id = changed ORDER BY assessment.at DESC, assessment.id DESC LIMIT 1
    ) known ON true
    LEFT JOIN LATERAL (
        SELECT plan.decided_at, plan.review_on FROM care_plan plan
        WHERE plan.case_id = changed AND plan.state = 'approved'
    ) ruling ON true
    LEFT JOIN LATERAL (
        SELECT review.at, review.next_on FROM care_review review
        WHERE review.case_id = changed AND review.at >= ruling.decided_at ORDER BY review.at DESC LIMIT 1
    ) looked ON true
    WHERE own.id = changed;
    RETURN NULL;
END $$;

-- What waits for a person: numbers and public ids, nothing about a child. The desk asks without
-- opening the door, for it shows no child. ``seen`` are the paths of offices that oversee, ``near`` those
-- of offices that answer first, ``deciding`` those that answer what waited since before ``late``.
CREATE OR REPLACE FUNCTION care_waits(who bigint, at timestamptz, day date)
RETURNS TABLE (kind text, number bigint, due timestamptz, one text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH above AS MATERIALIZED (
        -- Who answers and approves first stands near; the county where nobody did within three days.
        SELECT place.path, unit.kind IN ('township', 'village') AS near, unit.kind <> 'school' AS deciding,
               unit.kind = 'school' AS schooling
        FROM org_post post
        JOIN auth_user person ON person.id = post.user_id AND person.is_active
        JOIN org_unit unit ON unit.id = post.unit_id AND unit.kind IN ('county', 'township', 'village', 'school')
        JOIN org_placement place ON place.unit_id = post.unit_id AND place.line = 'leads'
         AND org_holds(place.starts_on, place.ends_on, day)
        WHERE post.user_id = who AND post.line = 'leads' AND post.role IN ('office', 'director')
          AND org_holds(post.starts_on, post.ends_on, day)
    ), late AS (SELECT care_waits.at - interval '3 days' AS since
    ), mine AS MATERIALIZED (
        SELECT own.* FROM care_assignment part JOIN care_case own ON own.id = part.case_id
        WHERE part.user_id = who AND part.ends_at IS NULL AND part.duty IN ('lead', 'second') AND own.closed_at IS NULL
    ), below AS MATERIALIZED (
        SELECT place.unit_id, bool_or(above.near) AS near, bool_or(above.deciding) AS deciding,
               bool_or(above.schooling) AS schooling
        FROM org_placement place JOIN above ON place.path <@ above.path
        WHERE place.line = 'leads' AND org_holds(place.starts_on, place.ends_on, day)
        GROUP BY place.unit_id
    )
    SELECT 'care.due', count(*), (min(due_on) + time '18:00') AT TIME ZONE 'Asia/Shanghai', min(public_id) FROM mine WHERE due_on <= day + 7 HAVING count(*) > 0
    UNION ALL
    SELECT 'care.silent', count(*), NULL, min(public_id) FROM mine
    WHERE contact_from IS NOT NULL AND day - greatest(contact_from, contact_on) > 7 HAVING count(*) > 0
    UNION ALL
    SELECT 'care.returned', count(*), NULL, min(public_id) FROM mine WHERE plan_state = 'returned' HAVING count(*) > 0
    UNION ALL
    SELECT 'care.transfer', count(*), NULL, min(own.public_id)
    FROM care_transfer transfer JOIN care_case own ON own.id = transfer.case_id
    WHERE transfer.to_id = who AND transfer.accepted_at IS NULL AND transfer.ended_at IS NULL HAVING count(*) > 0
    UNION ALL
    SELECT 'care.handover', count(*), NULL, min(own.public_id)
    FROM care_transfer transfer JOIN care_case own ON own.id = transfer.case_id
    WHERE transfer.by_id = who AND transfer.at < (SELECT since FROM late)
      AND transfer.accepted_at IS NULL AND transfer.ended_at IS NULL HAVING count(*) > 0
    UNION ALL
    SELECT 'care.unanswered', count(*), NULL, min(public_id) FROM mine WHERE answer_on < day HAVING count(*) > 0
    UNION ALL
    -- An answer waits for whoever asked; where that person has left the child, for its worker.
    SELECT 'care.answered', count(*), NULL, min(ticket.public_id) FROM care_ticket ticket
    WHERE ticket.answered_at IS NOT NULL AND ticket.closed_at IS NULL
      AND (ticket.by_id = who OR ticket.child_id IN (SELECT child_id FROM mine))
      AND (ticket.by_id = who) = EXISTS (
          SELECT FROM vault_reach reach
          WHERE reach.child_id = ticket.child_id AND reach.user_id = ticket.by_id
            AND reach.starts_at <= care_waits.at AND (reach.ends_at IS NULL OR reach.ends_at > care_waits.at))
    HAVING count(*) > 0
    UNION ALL
    SELECT 'care.plan', count(*), NULL, min(own.public_id) FROM care_case own JOIN below ON below.unit_id = own.unit_id
    WHERE own.plan_state = 'submitted' AND own.closed_at IS NULL
      AND (below.near OR (below.deciding AND own.agreed_at < (SELECT since FROM late))) HAVING count(*) > 0
    UNION ALL
    SELECT 'care.ticket', count(*), ((min(ticket.at) AT TIME ZONE 'Asia/Shanghai')::date + 3 + time '18:00') AT TIME ZONE 'Asia/Shanghai', min(ticket.public_id)
    FROM care_ticket ticket JOIN vault_child child ON child.id = ticket.child_id JOIN below ON below.unit_id = child.unit_id
    WHERE ticket.closed_at IS NULL AND ticket.answered_at IS NULL AND (below.near OR (below.deciding AND ticket.at < (SELECT since FROM late))) HAVING count(*) > 0
    UNION ALL
    SELECT 'care.unasked', count(*), NULL, NULL
    FROM (
        SELECT talk.child_id, talk.at FROM care_talk talk
        WHERE talk.urgency <> '' AND NOT EXISTS (SELECT FROM care_look look WHERE look.talk_id = talk.id)
        UNION ALL
        SELECT referral.child_id, referral.at FROM care_referral referral
        WHERE referral.leave = 'danger' AND NOT EXISTS (SELECT FROM care_look look WHERE look.referral_id = referral.id)
    ) AS done
    JOIN vault_child child ON child.id = done.child_id AND child.erased_at IS NULL
    WHERE EXISTS (SELECT FROM below WHERE below.unit_id = child.school_id AND below.schooling)
       OR EXISTS (SELECT FROM below WHERE below.unit_id = child.unit_id
                  AND (below.near OR (below.deciding AND done.at < (SELECT since FROM late))))
    HAVING count(*) > 0
    UNION ALL
    SELECT 'care.report', count(*), care_waits.at, min(report.public_id)
    FROM care_report report JOIN vault_child child ON child.id = report.child_id
    WHERE (child.unit_id IN (SELECT unit_id FROM below) OR child.school_id IN (SELECT unit_id FROM below))
      AND child.erased_at IS NULL AND report.at > care_waits.at - interval '30 days'
      AND NOT EXISTS (SELECT FROM care_seen WHERE care_seen.report_id = report.id AND care_seen.by_id = who)
    HAVING count(*) > 0
$$;

SET LOCAL ROLE NONE;
REVOKE CREATE ON SCHEMA public FROM mingtian_keeper;

DO $$
DECLARE
    source text;
BEGIN
    FOREACH source IN ARRAY ARRAY['care_assessment', 'care_plan', 'care_service', 'care_review', 'care_contact',
        'care_referral'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER derived AFTER INSERT OR UPDATE OR DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION care_derive()', source);
    END LOOP;
END $$;
