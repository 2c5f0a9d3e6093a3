ALTER TABLE "attendances" ADD COLUMN "host_said" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "left_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "meetings_by_source_and_time" ON "meetings" USING btree ("source_id",first_at desc,id desc) WHERE merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_ended_newest_first" ON "meetings" USING btree (first_at desc,id desc) WHERE status = 'ended' and merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_ended_longest_first" ON "meetings" USING btree ((coalesce(ended_at - started_at, -1)) desc,first_at desc,id desc) WHERE status = 'ended' and merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_ended_fullest_first" ON "meetings" USING btree (people_count desc,first_at desc,id desc) WHERE status = 'ended' and merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_ended_most_left_first" ON "meetings" USING btree (left_count desc,first_at desc,id desc) WHERE status = 'ended' and merged_into is null;--> statement-breakpoint
CREATE INDEX "rooms_of_all_sources_by_key" ON "rooms" USING btree ("key");--> statement-breakpoint
UPDATE "attendances" a SET host_said = true WHERE EXISTS (
  SELECT FROM "events" e
  WHERE e.meeting_id = a.meeting_id AND e.participant_id = ANY (a.participant_ids)
    AND jsonb_typeof(e.data -> 'is_host') = 'boolean'
);--> statement-breakpoint
UPDATE "meetings" m SET left_count = n.left_count
FROM (
  SELECT meeting_id, count(*) AS left_count FROM (
    SELECT meeting_id FROM "waits" GROUP BY meeting_id, person_id
    HAVING bool_or(outcome = 'left') AND NOT bool_or(returned OR outcome = 'came_back')
  ) p
  GROUP BY meeting_id
) n
WHERE m.id = n.meeting_id;
