CREATE TABLE "room_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"source_id" uuid,
	"patterns" text[] NOT NULL,
	"hours" jsonb,
	"limits" jsonb,
	"by" text NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "room_groups" ADD CONSTRAINT "room_groups_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_groups_of_source" ON "room_groups" USING btree ("source_id");