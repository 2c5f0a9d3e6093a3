ALTER TABLE "waits" ADD COLUMN "room_id" bigint;--> statement-breakpoint
UPDATE "waits" w SET room_id = m.room_id FROM "meetings" m WHERE m.id = w.meeting_id;--> statement-breakpoint
ALTER TABLE "waits" ALTER COLUMN "room_id" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "waits_over_time" ON "waits" USING btree ("started_at","room_id","ended_at","outcome","returned");--> statement-breakpoint
CREATE INDEX "waits_of_room_over_time" ON "waits" USING btree ("room_id","started_at","ended_at","outcome","returned");--> statement-breakpoint
CREATE INDEX "waits_lost_newest_first" ON "waits" USING btree (started_at desc,"meeting_id","participant_id") WHERE outcome = 'left' and not returned;