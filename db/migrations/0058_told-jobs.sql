CREATE TABLE "told_jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"seen" jsonb NOT NULL,
	"is_unwanted" boolean DEFAULT false NOT NULL,
	"told_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "told_jobs_oldest_first" ON "told_jobs" USING btree ("told_at");