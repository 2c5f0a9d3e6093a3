CREATE TABLE "class_list_entries" (
	"list_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text,
	"name_key" text,
	"user_id" text,
	"email" text,
	"role" text NOT NULL,
	CONSTRAINT "class_list_entries_by_position" PRIMARY KEY("list_id","position")
);
--> statement-breakpoint
CREATE TABLE "class_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"name_key" text NOT NULL,
	"by" text NOT NULL,
	"changed_at" bigint NOT NULL,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE TABLE "repetitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"room" text NOT NULL,
	"title" text,
	"weekdays" integer[] NOT NULL,
	"from_time" text NOT NULL,
	"to_time" text NOT NULL,
	"time_zone" text NOT NULL,
	"first_day" text NOT NULL,
	"last_day" text,
	"late_after_ms" bigint NOT NULL,
	"verdict_after_ms" bigint NOT NULL,
	"class_list_id" uuid,
	"by" text NOT NULL,
	"changed_at" bigint NOT NULL,
	"next_day" text
);
--> statement-breakpoint
CREATE TABLE "room_class_lists" (
	"source_id" uuid NOT NULL,
	"series" text NOT NULL,
	"list_id" uuid NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "room_class_lists_by_series" PRIMARY KEY("source_id","series")
);
--> statement-breakpoint
CREATE TABLE "roster_aliases" (
	"roster_id" uuid NOT NULL,
	"entry" text NOT NULL,
	"known_by" text NOT NULL,
	"value" text NOT NULL,
	"seen_as" text,
	"source_id" uuid NOT NULL,
	"room" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "roster_aliases_of_roster" PRIMARY KEY("roster_id","known_by","value")
);
--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "class_list_id" uuid;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "repetition_id" uuid;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "occurrence_day" text;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "changed_alone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "class_list_entries" ADD CONSTRAINT "class_list_entries_list_id_class_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."class_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repetitions" ADD CONSTRAINT "repetitions_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repetitions" ADD CONSTRAINT "repetitions_class_list_id_class_lists_id_fk" FOREIGN KEY ("class_list_id") REFERENCES "public"."class_lists"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_class_lists" ADD CONSTRAINT "room_class_lists_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_class_lists" ADD CONSTRAINT "room_class_lists_list_id_class_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."class_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "class_lists_by_name" ON "class_lists" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "repetitions_to_make" ON "repetitions" USING btree ("next_day") WHERE next_day is not null;--> statement-breakpoint
CREATE INDEX "repetitions_of_list" ON "repetitions" USING btree ("class_list_id");--> statement-breakpoint
CREATE INDEX "repetitions_of_room" ON "repetitions" USING btree ("source_id","room");--> statement-breakpoint
CREATE INDEX "room_class_lists_of_list" ON "room_class_lists" USING btree ("list_id");--> statement-breakpoint
CREATE INDEX "roster_aliases_of_room" ON "roster_aliases" USING btree ("source_id","room");--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD CONSTRAINT "scheduled_meetings_class_list_id_class_lists_id_fk" FOREIGN KEY ("class_list_id") REFERENCES "public"."class_lists"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD CONSTRAINT "scheduled_meetings_repetition_id_repetitions_id_fk" FOREIGN KEY ("repetition_id") REFERENCES "public"."repetitions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_meetings_once_a_day" ON "scheduled_meetings" USING btree ("repetition_id","occurrence_day");--> statement-breakpoint
CREATE INDEX "scheduled_meetings_of_list" ON "scheduled_meetings" USING btree ("class_list_id");