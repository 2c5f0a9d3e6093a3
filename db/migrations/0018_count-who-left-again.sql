-- What meetings that are not erased keep of their waits: left before admitted without short leaves, the people
-- of these, and the people who were lost. Of erased ones nothing is left to count: they keep what was counted.
UPDATE "meetings" m SET "lost_count" = n.waits, "people_left_count" = n.people, "left_count" = n.lost
FROM (
  SELECT i.id,
    count(w.*) FILTER (WHERE w.outcome IN ('left', 'came_back') OR w.returned) AS waits,
    count(DISTINCT w.person_id) FILTER (WHERE w.outcome IN ('left', 'came_back') OR w.returned) AS people,
    count(DISTINCT w.person_id) FILTER (WHERE w.outcome = 'left' AND NOT w.returned) AS lost
  FROM "meetings" i LEFT JOIN "waits" w ON w.meeting_id = i.id
  WHERE i.erased_at IS NULL AND (i.lost_count > 0 OR i.left_count > 0)
  GROUP BY i.id
) n
WHERE m.id = n.id;
--> statement-breakpoint
UPDATE "meetings" SET "people_left_count" = "left_count" WHERE "erased_at" IS NOT NULL;
