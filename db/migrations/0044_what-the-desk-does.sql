CREATE TABLE "wait_handlings" (
	"room_id" bigint NOT NULL,
	"started_at" bigint NOT NULL,
	"participant_id" text NOT NULL,
	"claimed_by" text,
	"claimed_by_id" text,
	"claimed_at" bigint,
	"claim_touched_at" bigint,
	"desk_note" text,
	"desk_note_by" text,
	"desk_note_at" bigint,
	"follow_up" text,
	"follow_up_by" text,
	"follow_up_at" bigint,
	CONSTRAINT "wait_handlings_of_room" PRIMARY KEY("room_id","started_at","participant_id")
);
--> statement-breakpoint
CREATE INDEX "wait_handlings_by_id" ON "wait_handlings" USING btree ((md5(room_id::text || ' ' || started_at::text || ' ' || participant_id)::uuid));--> statement-breakpoint
CREATE INDEX "waits_by_id" ON "waits" USING btree ((md5(room_id::text || ' ' || started_at::text || ' ' || participant_id)::uuid));