CREATE TABLE "calendar_events" (
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"key" text NOT NULL,
	"meeting" text NOT NULL,
	"name" text,
	"place" text,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"invited" jsonb NOT NULL,
	"is_cancelled" boolean NOT NULL,
	"changed_at" bigint NOT NULL,
	"read_at" bigint NOT NULL,
	"is_chosen" boolean DEFAULT false NOT NULL,
	"is_erased" boolean DEFAULT false NOT NULL,
	"left_out_by" text,
	"left_out_at" bigint,
	CONSTRAINT "calendar_events_of_source" PRIMARY KEY("source_id","key")
);
--> statement-breakpoint
ALTER TABLE "catch_ups" ADD COLUMN "calendar_at" bigint;--> statement-breakpoint
ALTER TABLE "catch_ups" ADD COLUMN "calendar_whole_at" bigint;--> statement-breakpoint
ALTER TABLE "catch_ups" ADD COLUMN "calendar_place" text;--> statement-breakpoint
ALTER TABLE "catch_ups" ADD COLUMN "calendar_problem" text;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "takes_calendar" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "calendar_key" text;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "calendar_taken" jsonb;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "cancelled_at" bigint;--> statement-breakpoint
ALTER TABLE "calendar_events" ADD CONSTRAINT "calendar_events_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_events_by_id" ON "calendar_events" USING btree ("id");--> statement-breakpoint
CREATE INDEX "calendar_events_of_meeting" ON "calendar_events" USING btree ("source_id","meeting");--> statement-breakpoint
CREATE INDEX "calendar_events_by_time" ON "calendar_events" USING btree ("starts_at","id") WHERE is_chosen;--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_meetings_of_calendar" ON "scheduled_meetings" USING btree ("source_id","calendar_key") WHERE calendar_key is not null;