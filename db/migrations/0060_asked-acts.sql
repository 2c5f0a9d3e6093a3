CREATE TABLE "asked_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"room_id" bigint NOT NULL,
	"act" text NOT NULL,
	"participant_ids" text[] NOT NULL,
	"by" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"failed_at" bigint,
	"failure" text
);
--> statement-breakpoint
CREATE INDEX "asked_acts_by_time" ON "asked_acts" USING btree ("asked_at");