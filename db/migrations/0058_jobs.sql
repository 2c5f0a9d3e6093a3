CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"progress" jsonb NOT NULL,
	"is_cancelled" boolean DEFAULT false NOT NULL,
	"reported_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "jobs_oldest_first" ON "jobs" USING btree ("reported_at");