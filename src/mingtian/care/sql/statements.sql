-- Statements of cases. All run behind the door: what a person does not see is not there.

-- name: place
SELECT own.id, own.public_id, own.number, own.child_id, child.public_id, child.erased_at IS NOT NULL,
       own.unit_id, own.school_id, called.name, called.name_en, school.name, school.name_en,
       own.state, own.risk, own.version, own.worker_id, org_person_name(worker.first_name, worker.last_name, worker.username), own.opened_at, own.contact_from,
       own.contact_on, own.due_on, own.answer_on, own.plan_state, own.closed_at, own.closed_for,
       own.child_id = ANY (vault_ids('worker')), own.child_id = ANY (vault_ids('reader')),
       ARRAY (SELECT DISTINCT post.role || '@' || top_unit.kind
              FROM org_post post
              JOIN org_unit top_unit ON top_unit.id = post.unit_id
              JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = post.line
               AND org_holds(top.starts_on, top.ends_on, %(day)s)
              JOIN org_placement here ON here.unit_id IN (own.unit_id, own.school_id)
               AND here.line = post.line AND here.path <@ top.path
               AND org_holds(here.starts_on, here.ends_on, %(day)s)
              WHERE post.user_id = care_me() AND org_holds(post.starts_on, post.ends_on, %(day)s)),
       asked.public_id, asked.to_id, org_person_name(receiver.first_name, receiver.last_name, receiver.username), asked.by_id, asked.at
FROM care_case own
JOIN vault_child child ON child.id = own.child_id
LEFT JOIN org_unit_name called ON called.unit_id = own.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN org_unit_name school ON school.unit_id = own.school_id
 AND org_holds(school.starts_on, school.ends_on, %(day)s)
LEFT JOIN auth_user worker ON worker.id = own.worker_id
LEFT JOIN care_transfer asked ON asked.case_id = own.id AND asked.accepted_at IS NULL AND asked.ended_at IS NULL
LEFT JOIN auth_user receiver ON receiver.id = asked.to_id
WHERE own.public_id = %(case)s;

-- name: child_place
SELECT child.id, child.public_id, child.unit_id, child.school_id,
       called.name, called.name_en, school.name, school.name_en,
       array_remove(ARRAY[
           CASE WHEN child.id = ANY (vault_ids('worker')) THEN 'worker' END,
           CASE WHEN child.id = ANY (vault_ids('reader')) THEN 'reader' END,
           CASE WHEN child.id = ANY (vault_ids('helper')) THEN 'helper' END,
           CASE WHEN child.id = ANY (vault_ids('counsellor')) THEN 'counsellor' END], NULL),
       ARRAY (SELECT DISTINCT post.role || '@' || top_unit.kind
              FROM org_post post
              JOIN org_unit top_unit ON top_unit.id = post.unit_id
              JOIN org_placement top ON top.unit_id = post.unit_id AND top.line = post.line
               AND org_holds(top.starts_on, top.ends_on, %(day)s)
              JOIN org_placement here ON here.unit_id IN (child.unit_id, child.school_id)
               AND here.line = post.line AND here.path <@ top.path
               AND org_holds(here.starts_on, here.ends_on, %(day)s)
              WHERE post.user_id = care_me() AND org_holds(post.starts_on, post.ends_on, %(day)s)),
       child.unit_id = ANY (vault_ids('registering')),
       coalesce(own.id, care_case_of(child.id)), own.public_id, own.number
FROM vault_child child
LEFT JOIN care_case own ON own.child_id = child.id AND own.closed_at IS NULL
LEFT JOIN org_unit_name called ON called.unit_id = child.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN org_unit_name school ON school.unit_id = child.school_id
 AND org_holds(school.starts_on, school.ends_on, %(day)s)
WHERE child.public_id = %(child)s AND child.erased_at IS NULL;

-- name: list_cases
SELECT own.public_id, own.number, own.state, own.risk, called.name, called.name_en, org_person_name(worker.first_name, worker.last_name, worker.username),
       own.opened_at, own.due_on, own.contact_from, own.contact_on, own.plan_state, own.closed_at, own.id, own.child_id,
       own.answer_on
FROM care_case own
LEFT JOIN org_unit_name called ON called.unit_id = own.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN auth_user worker ON worker.id = own.worker_id
WHERE {where}
ORDER BY own.opened_at DESC, own.id DESC
LIMIT %(limit)s OFFSET %(offset)s;

-- name: count_cases
SELECT count(*) FILTER (WHERE own.closed_at IS NULL),
       count(*) FILTER (WHERE own.closed_at IS NULL AND own.due_on < %(day)s),
       count(*) FILTER (WHERE own.closed_at IS NULL AND own.contact_from IS NOT NULL
                          AND %(day)s - greatest(own.contact_from, own.contact_on) > 7),
       count(*) FILTER (WHERE own.closed_at IS NULL AND own.plan_state = 'submitted'),
       count(*) FILTER (WHERE own.closed_at IS NULL AND own.risk IN ('high', 'urgent')),
       count(*) FILTER (WHERE own.closed_at IS NOT NULL),
       count(*) FILTER (WHERE own.closed_at IS NULL AND own.answer_on < %(day)s)
FROM care_case own;

-- name: mine
SELECT own.public_id, own.number, own.child_id, child.public_id, own.state, own.risk, called.name, called.name_en,
       part.duty, own.due_on, own.contact_from, own.contact_on, own.plan_state, asked.public_id IS NOT NULL,
       own.answer_on < %(day)s
FROM care_assignment part
JOIN care_case own ON own.id = part.case_id
JOIN vault_child child ON child.id = own.child_id
LEFT JOIN org_unit_name called ON called.unit_id = own.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN care_transfer asked ON asked.case_id = own.id AND asked.accepted_at IS NULL AND asked.ended_at IS NULL
WHERE part.user_id = care_me() AND part.ends_at IS NULL AND part.duty IN ('lead', 'second')
  AND own.closed_at IS NULL AND own.child_id = ANY ((SELECT vault_ids('worker'))::bigint[])
ORDER BY own.due_on NULLS LAST, own.id;

-- name: offered
SELECT own.public_id, own.number, called.name, called.name_en, org_person_name(sender.first_name, sender.last_name, sender.username), transfer.at, transfer.public_id
FROM care_transfer transfer
JOIN care_case own ON own.id = transfer.case_id
LEFT JOIN auth_user sender ON sender.id = transfer.by_id
LEFT JOIN org_unit_name called ON called.unit_id = own.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
WHERE transfer.to_id = care_me() AND transfer.accepted_at IS NULL AND transfer.ended_at IS NULL
ORDER BY transfer.at;

-- name: counselled
SELECT child.id, child.public_id, child.state, max(talk.held_on), count(talk.id)
FROM vault_child child
LEFT JOIN care_talk talk ON talk.child_id = child.id
WHERE child.id = ANY ((SELECT vault_ids('counsellor'))::bigint[])
GROUP BY child.id ORDER BY max(talk.held_on) DESC NULLS LAST, child.id;

-- name: tickets
SELECT ticket.public_id, ticket.topic, ticket.at, ticket.answered_at, ticket.closed_at, ticket.by_id = care_me(),
       called.name, called.name_en, own.number
FROM care_ticket ticket
JOIN vault_child child ON child.id = ticket.child_id
LEFT JOIN care_case own ON own.child_id = child.id AND own.closed_at IS NULL
LEFT JOIN org_unit_name called ON called.unit_id = child.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
WHERE ticket.closed_at IS NULL AND (%(overseeing)s OR ticket.by_id = care_me())
ORDER BY ticket.answered_at IS NOT NULL, ticket.at
LIMIT 50;

-- name: reports
SELECT report.public_id, report.told, report.told_at, org_person_name(maker.first_name, maker.last_name, maker.username), report.at, called.name, called.name_en, own.number,
       EXISTS (SELECT FROM care_seen seen WHERE seen.report_id = report.id AND seen.by_id = care_me())
FROM care_report report
JOIN vault_child child ON child.id = report.child_id
LEFT JOIN care_case own ON own.child_id = child.id AND own.closed_at IS NULL
LEFT JOIN auth_user maker ON maker.id = report.by_id
LEFT JOIN org_unit_name called ON called.unit_id = child.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
WHERE report.at > %(after)s
ORDER BY report.at DESC
LIMIT 50;

-- name: unasked
SELECT done.what, done.public_id, done.held_on, done.why, org_person_name(maker.first_name, maker.last_name, maker.username),
       called.name, called.name_en, own.public_id, own.number
FROM (
    SELECT 'talk' AS what, talk.public_id, talk.child_id, talk.held_on, talk.by_id, talk.urgency AS why, talk.at
    FROM care_talk talk
    WHERE talk.urgency <> '' AND NOT EXISTS (SELECT FROM care_look look WHERE look.talk_id = talk.id)
    UNION ALL
    SELECT 'referral', referral.public_id, referral.child_id, referral.referred_on, referral.by_id, referral.body, referral.at
    FROM care_referral referral
    WHERE referral.leave = 'danger' AND NOT EXISTS (SELECT FROM care_look look WHERE look.referral_id = referral.id)
) AS done
JOIN vault_child child ON child.id = done.child_id AND child.erased_at IS NULL
LEFT JOIN care_case own ON own.child_id = child.id AND own.closed_at IS NULL
LEFT JOIN auth_user maker ON maker.id = done.by_id
LEFT JOIN org_unit_name called ON called.unit_id = child.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
ORDER BY done.at
LIMIT 50;

-- name: history
SELECT entry.what, entry.public_id, entry.held_on, entry.at, org_person_name(maker.first_name, maker.last_name, maker.username), entry.code, entry.detail, entry.due_on,
       entry.number, entry.settled, entry.words, entry.more
FROM (
    SELECT 'assessment' AS what, entry.public_id, (entry.at AT TIME ZONE 'Asia/Shanghai')::date AS held_on, entry.at, entry.by_id, entry.level AS code,
           entry.scale AS detail, NULL::date AS due_on, entry.score::int AS number, false AS settled,
           entry.words, entry.health AS more
    FROM care_assessment entry WHERE entry.case_id = %(case)s
    UNION ALL
    SELECT 'service', entry.public_id, coalesce(entry.done_on, entry.due_on), entry.at, entry.by_id, entry.kind,
           concat_ws('|', entry.area, entry.outcome, entry.rule, entry.rule_title), entry.due_on, NULL,
           entry.done_on IS NOT NULL OR entry.called_off_at IS NOT NULL, entry.words, entry.result
    FROM care_service entry WHERE entry.case_id = %(case)s
    UNION ALL
    SELECT 'review', entry.public_id, entry.held_on, entry.at, entry.by_id, entry.outcome, '', entry.next_on, NULL, true,
           entry.words, NULL
    FROM care_review entry WHERE entry.case_id = %(case)s
    UNION ALL
    SELECT 'milestone', entry.public_id, entry.reached_on, entry.at, entry.by_id, entry.kind, '', NULL, NULL, true, NULL, NULL
    FROM care_milestone entry WHERE entry.case_id = %(case)s
    UNION ALL
    SELECT 'duty', entry.public_id, (entry.at AT TIME ZONE 'Asia/Shanghai')::date, entry.at, entry.user_id, entry.duty, '',
           (entry.ends_at AT TIME ZONE 'Asia/Shanghai')::date, NULL, entry.ends_at IS NOT NULL, NULL, NULL
    FROM care_assignment entry WHERE entry.case_id = %(case)s
    UNION ALL
    (SELECT 'contact', entry.public_id, coalesce(entry.spoke_on, entry.week_on), entry.at, entry.by_id, entry.way, '',
            entry.week_on, NULL, entry.spoke_on IS NOT NULL, NULL, NULL
     FROM care_contact entry WHERE entry.case_id = %(case)s ORDER BY entry.week_on DESC LIMIT 12)
    UNION ALL
    (SELECT 'liaison', entry.public_id, entry.held_on, entry.at, entry.by_id, entry.kind, '', NULL, NULL, entry.reached,
            entry.words, NULL
     FROM care_liaison entry WHERE entry.case_id = %(case)s ORDER BY entry.held_on DESC LIMIT 40)
    UNION ALL
    (SELECT 'talk', entry.public_id, entry.held_on, entry.at, entry.by_id, entry.kind, entry.urgency, NULL, NULL,
            entry.urgency = '' OR look.id IS NOT NULL, NULL, NULL
     FROM care_talk entry LEFT JOIN care_look look ON look.talk_id = entry.id
     WHERE entry.child_id = %(child)s ORDER BY entry.held_on DESC LIMIT 40)
    UNION ALL
    SELECT 'referral', entry.public_id, entry.referred_on, entry.at, entry.by_id, entry.body,
           concat_ws('|', entry.kind, entry.leave, coalesce(entry.agreed_on::text, ''), entry.answer,
                     coalesce(entry.answered_on::text, ''), array_to_string(entry.passed, ',')),
           entry.answer_by, NULL, entry.ended_at IS NOT NULL, entry.words, entry.result
    FROM care_referral entry WHERE entry.case_id = %(case)s
    UNION ALL
    SELECT 'handover', entry.public_id, (entry.accepted_at AT TIME ZONE 'Asia/Shanghai')::date, entry.accepted_at,
           entry.by_id, '', org_person_name(taker.first_name, taker.last_name, taker.username), NULL, NULL, true,
           entry.words, NULL
    FROM care_transfer entry JOIN auth_user taker ON taker.id = entry.to_id
    WHERE entry.case_id = %(case)s AND entry.accepted_at IS NOT NULL
    UNION ALL
    SELECT 'ticket', entry.public_id, (entry.at AT TIME ZONE 'Asia/Shanghai')::date, entry.at, entry.by_id, entry.topic, '', NULL, NULL,
           entry.answered_at IS NOT NULL, NULL, NULL
    FROM care_ticket entry WHERE entry.child_id = %(child)s AND entry.closed_at IS NULL
    UNION ALL
    SELECT 'report', entry.public_id, (entry.told_at AT TIME ZONE 'Asia/Shanghai')::date, entry.at, entry.by_id, array_to_string(entry.told, ','), '', NULL,
           NULL, true, NULL, NULL
    FROM care_report entry WHERE entry.child_id = %(child)s
) AS entry
LEFT JOIN auth_user maker ON maker.id = entry.by_id
ORDER BY entry.held_on DESC, entry.at DESC;

-- name: sources
SELECT DISTINCT source FROM vault_reach
WHERE child_id = %(child)s AND user_id = %(user)s AND part = 'worker' AND ends_at IS NULL;

-- name: plans
SELECT plan.public_id, plan.version, plan.state, plan.areas, plan.goals, plan.agreed, plan.agreed_on, plan.review_on,
       plan.rule, plan.rule_title, plan.at, org_person_name(maker.first_name, maker.last_name, maker.username), plan.decided_at, org_person_name(decider.first_name, decider.last_name, decider.username), plan.by_id
FROM care_plan plan
LEFT JOIN auth_user maker ON maker.id = plan.by_id
LEFT JOIN auth_user decider ON decider.id = plan.decided_by_id
WHERE plan.case_id = %(case)s ORDER BY plan.version DESC;

-- name: talks
SELECT talk.public_id, talk.kind, talk.held_on, org_person_name(maker.first_name, maker.last_name, maker.username), note.id IS NOT NULL, talk.by_id = care_me()
FROM care_talk talk
LEFT JOIN care_note note ON note.talk_id = talk.id
LEFT JOIN auth_user maker ON maker.id = talk.by_id
WHERE talk.child_id = %(child)s ORDER BY talk.held_on DESC, talk.id DESC LIMIT 60;

-- name: staff_names
SELECT id, org_person_name(first_name, last_name, username) FROM auth_user WHERE id = ANY (%(users)s);

-- name: in_hand
SELECT care_in_hand(%(user)s);
