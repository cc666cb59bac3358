-- An evening of the province that ended a while ago, with tallies in every class, so that the
-- desks have days to confirm and numbers of tonight.
INSERT INTO campaigns_lecture
       (id, campaign_id, number, held_on, title, title_en, doors_at, starts_at, ends_at, closes_at)
VALUES (6, 1, 6, current_date, 'Over', '', now() - interval '100 minutes',
        now() - interval '90 minutes', now() - interval '30 minutes', now() + interval '15 hours');

UPDATE campaigns_lecture SET doors_at = doors_at - interval '1 day', starts_at = starts_at - interval '1 day',
       ends_at = ends_at - interval '1 day' WHERE id = 5;

INSERT INTO attendance_tally (lecture, unit, kind, arrived, completed, slots)
SELECT 6, unit, kind, arrived, completed, slots FROM attendance_tally WHERE lecture = 4;

ANALYZE attendance_tally, campaigns_lecture;
