CREATE TABLE "expected_people" (
	"scheduled_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text,
	"name_key" text,
	"user_id" text,
	"email" text,
	"role" text NOT NULL,
	CONSTRAINT "expected_people_by_position" PRIMARY KEY("scheduled_id","position")
);
--> statement-breakpoint
CREATE TABLE "scheduled_meetings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"room" text NOT NULL,
	"title" text,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"time_zone" text NOT NULL,
	"late_after_ms" bigint NOT NULL,
	"verdict_after_ms" bigint NOT NULL,
	"by" text NOT NULL,
	"changed_at" bigint NOT NULL,
	"withdrawn_at" bigint,
	"erased_at" bigint
);
--> statement-breakpoint
ALTER TABLE "expected_people" ADD CONSTRAINT "expected_people_scheduled_id_scheduled_meetings_id_fk" FOREIGN KEY ("scheduled_id") REFERENCES "public"."scheduled_meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD CONSTRAINT "scheduled_meetings_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scheduled_meetings_by_time" ON "scheduled_meetings" USING btree ("starts_at","id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "scheduled_meetings_of_source" ON "scheduled_meetings" USING btree ("source_id","starts_at","id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "scheduled_meetings_of_room" ON "scheduled_meetings" USING btree ("source_id","room","starts_at");