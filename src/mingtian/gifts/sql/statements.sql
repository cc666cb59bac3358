-- Sums of gifts. Days are days in Shanghai.

-- name: gifts
SELECT donor.kind, count(*), count(DISTINCT donor.id), coalesce(sum(gift.amount), 0)::bigint
FROM gifts_gift gift JOIN gifts_donor donor ON donor.id = gift.donor_id
WHERE gift.unit_id = ANY (%(units)s::bigint[]) AND gift.undone_at IS NULL
  AND gift.received_on BETWEEN %(first)s AND %(last)s
GROUP BY donor.kind;

-- name: goods
SELECT item.id, item.name, item.name_en, item.measure,
       coalesce(came.quantity, 0)::bigint, coalesce(lost.quantity, 0)::bigint
FROM gifts_item item
LEFT JOIN (
    SELECT line.item_id, sum(line.quantity) AS quantity
    FROM gifts_line line JOIN gifts_gift gift ON gift.id = line.gift_id
    WHERE gift.unit_id = ANY (%(units)s::bigint[]) AND gift.undone_at IS NULL
      AND gift.received_on BETWEEN %(first)s AND %(last)s
    GROUP BY line.item_id) came ON came.item_id = item.id
LEFT JOIN (
    SELECT move.item_id, sum(CASE move.kind WHEN 'loss' THEN move.quantity
                                            ELSE greatest(-move.difference, 0) END) AS quantity
    FROM gifts_move move
    WHERE move.unit_id = ANY (%(units)s::bigint[]) AND move.kind IN ('loss', 'count')
      AND (move.noted_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s
    GROUP BY move.item_id) lost ON lost.item_id = item.id
WHERE came.quantity > 0 OR lost.quantity > 0 OR item.id = ANY (%(items)s::bigint[])
ORDER BY item.name, item.id;

-- name: given
SELECT line.item_id, sum(line.quantity)::bigint
FROM gifts_handover one JOIN gifts_handline line ON line.handover_id = one.id
WHERE one.unit_id = ANY (%(units)s::bigint[]) AND one.state IN ('handed', 'confirmed')
  AND (one.handed_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s
GROUP BY line.item_id;

-- name: children
SELECT count(DISTINCT one.child_id)
FROM gifts_handover one
WHERE one.unit_id = ANY (%(units)s::bigint[]) AND one.state IN ('handed', 'confirmed')
  AND (one.handed_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s;

-- name: stock_sources
SELECT 'gifts.gift:' || gift.public_id, sum(line.quantity)::bigint, gift.undone_at IS NOT NULL
FROM gifts_gift gift JOIN gifts_line line ON line.gift_id = gift.id GROUP BY gift.id
UNION ALL
SELECT 'gifts.move:' || move.public_id,
       CASE move.kind WHEN 'count' THEN abs(move.difference) ELSE move.quantity END::bigint, false
FROM gifts_move move WHERE move.kind <> 'count' OR move.difference <> 0;

-- name: handed_sources
SELECT 'gifts.handover:' || one.public_id, sum(line.quantity)::bigint, one.state = 'undone'
FROM gifts_handover one JOIN gifts_handline line ON line.handover_id = one.id
WHERE one.state IN ('handed', 'confirmed', 'undone') GROUP BY one.id;
