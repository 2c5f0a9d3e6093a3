DROP INDEX "waits_by_id";--> statement-breakpoint
ALTER TABLE "waits" ADD COLUMN "id" uuid GENERATED ALWAYS AS ((md5(room_id::text || ' ' || started_at::text || ' ' || participant_id)::uuid)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "waits" ADD COLUMN "end_entered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "waits" SET "end_entered" = true WHERE "inferred" AND EXISTS (
	SELECT FROM "attendances" CROSS JOIN jsonb_to_recordset("attendances"."waits") AS stored ("participantId" text, "startedAt" bigint, "overBy" bigint, ruling text)
	WHERE "attendances"."meeting_id" = "waits"."meeting_id" AND "attendances"."person_id" = "waits"."person_id" AND stored."participantId" = "waits"."participant_id" AND stored."startedAt" = "waits"."started_at" AND stored.ruling IS NOT NULL AND stored."overBy" IS NULL
);--> statement-breakpoint
CREATE INDEX "waits_by_id" ON "waits" USING btree ("id");
