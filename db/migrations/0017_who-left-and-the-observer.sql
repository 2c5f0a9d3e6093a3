DROP INDEX "waits_given_up_by_identity";--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "people_left_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "observer" jsonb;--> statement-breakpoint
CREATE INDEX "waits_given_up_by_identity" ON "waits" USING btree ("identity","started_at") WHERE outcome in ('left', 'came_back') or returned;