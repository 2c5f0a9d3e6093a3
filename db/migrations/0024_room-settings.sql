CREATE TABLE "room_settings" (
	"source_id" uuid NOT NULL,
	"series_by" text NOT NULL,
	"series" text NOT NULL,
	"thresholds" jsonb NOT NULL,
	"start" jsonb,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "room_settings_of_series" PRIMARY KEY("source_id","series_by","series")
);
--> statement-breakpoint
ALTER TABLE "room_settings" ADD CONSTRAINT "room_settings_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;