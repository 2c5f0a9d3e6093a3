CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"meeting_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"identified_by" text NOT NULL,
	"name" text,
	"name_key" text,
	"user_id" text,
	"participant_ids" text[] NOT NULL,
	"status" text NOT NULL,
	"is_host" boolean NOT NULL,
	"first_joined_at" bigint,
	"last_left_at" bigint,
	"attended_ms" bigint NOT NULL,
	"open_since" bigint,
	"hosted_until" bigint,
	"visits" jsonb NOT NULL,
	"waits" jsonb NOT NULL,
	"tenures" jsonb NOT NULL,
	CONSTRAINT "attendances_by_person" PRIMARY KEY("meeting_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"occurrence" uuid NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"type" text,
	"reason" text,
	"repeats" integer DEFAULT 0 NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"meeting_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" bigint NOT NULL,
	"participant_id" text,
	"person_id" text,
	"data" jsonb NOT NULL,
	"delivery_id" bigint,
	CONSTRAINT "events_by_seq" PRIMARY KEY("meeting_id","seq")
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"room_id" bigint NOT NULL,
	"source_id" uuid NOT NULL,
	"seq" integer DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	"started_at" bigint,
	"ended_at" bigint,
	"ended_by" text,
	"provider_ids" text[] DEFAULT '{}' NOT NULL,
	"provider_started_at" bigint,
	"provider_ended_at" bigint,
	"observed" boolean DEFAULT false NOT NULL,
	"observed_from" bigint,
	"present_count" integer DEFAULT 0 NOT NULL,
	"waiting_count" integer DEFAULT 0 NOT NULL,
	"people_count" integer DEFAULT 0 NOT NULL,
	"lost_count" integer DEFAULT 0 NOT NULL,
	"peak_count" integer,
	"peak_at" bigint,
	"first_at" bigint,
	"first_joined_at" bigint,
	"last_out_at" bigint,
	"tip_at" bigint,
	"stale_at" bigint,
	"whole" boolean DEFAULT false NOT NULL,
	"merged_into" uuid
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rooms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" uuid NOT NULL,
	"key" text NOT NULL,
	"title" text,
	"current_meeting_id" uuid,
	"unresolved_until" bigint
);
--> statement-breakpoint
CREATE TABLE "source_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	"empty_gap_ms" bigint NOT NULL,
	"grace_ms" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waits" (
	"meeting_id" uuid NOT NULL,
	"participant_id" text NOT NULL,
	"started_at" bigint NOT NULL,
	"person_id" text NOT NULL,
	"name" text,
	"ended_at" bigint,
	"outcome" text NOT NULL,
	"inferred" boolean NOT NULL,
	CONSTRAINT "waits_by_start" PRIMARY KEY("meeting_id","participant_id","started_at")
);
--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_secrets" ADD CONSTRAINT "source_secrets_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_by_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "attendances_by_name" ON "attendances" USING btree ("meeting_id","name_key");--> statement-breakpoint
CREATE INDEX "attendances_hosts" ON "attendances" USING btree ("meeting_id") WHERE tenures <> '[]'::jsonb;--> statement-breakpoint
CREATE INDEX "attendances_waiting" ON "attendances" USING btree ("meeting_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_by_key" ON "deliveries" USING btree ("source_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_by_occurrence" ON "deliveries" USING btree ("source_id","occurrence");--> statement-breakpoint
CREATE INDEX "deliveries_unreadable" ON "deliveries" USING btree ("id") WHERE status = 'unreadable';--> statement-breakpoint
CREATE INDEX "events_by_participant" ON "events" USING btree ("meeting_id","participant_id");--> statement-breakpoint
CREATE INDEX "meetings_by_room_and_time" ON "meetings" USING btree ("room_id","first_at") WHERE merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_newest_first" ON "meetings" USING btree ("first_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_going_on" ON "meetings" USING btree ("status") WHERE status <> 'ended' and merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_just_ended" ON "meetings" USING btree ("ended_at") WHERE status = 'ended' and merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_latest_heard" ON "meetings" USING btree ("tip_at" DESC NULLS LAST) WHERE merged_into is null;--> statement-breakpoint
CREATE INDEX "meetings_stale" ON "meetings" USING btree ("stale_at") WHERE stale_at is not null;--> statement-breakpoint
CREATE INDEX "meetings_merged_into" ON "meetings" USING btree ("merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "rooms_by_key" ON "rooms" USING btree ("source_id","key");--> statement-breakpoint
CREATE INDEX "source_secrets_live_by_source" ON "source_secrets" USING btree ("source_id") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "waits_newest_first" ON "waits" USING btree ("started_at" DESC NULLS LAST,"meeting_id","participant_id");--> statement-breakpoint
CREATE INDEX "waits_going_on" ON "waits" USING btree ("meeting_id") WHERE outcome = 'waiting';