CREATE TABLE "endpoint_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"added_at" bigint NOT NULL,
	"retired_at" bigint
);
--> statement-breakpoint
CREATE TABLE "outgoing_messages" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outgoing_messages_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"meeting_id" uuid,
	"about" uuid NOT NULL,
	"corrects" uuid,
	"body" text,
	"made_at" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_tried_at" bigint,
	"next_at" bigint NOT NULL,
	"resend_id" uuid,
	CONSTRAINT "outgoing_messages_by_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "resends" (
	"id" uuid PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"at" bigint NOT NULL,
	"total" integer NOT NULL,
	"cancelled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "send_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"message" bigint NOT NULL,
	"at" bigint NOT NULL,
	"took_ms" integer NOT NULL,
	"status" integer,
	"failure" text,
	"excerpt" text
);
--> statement-breakpoint
CREATE TABLE "told_meetings" (
	"meeting_id" uuid PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"started_at" bigint,
	"ended_at" bigint,
	"merged_into" uuid,
	"attendance_due_at" bigint,
	"attendance_told" uuid
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"triggers" text[] NOT NULL,
	"signing" text NOT NULL,
	"sources" text[],
	"rooms" text[],
	"by" text NOT NULL,
	"added_at" bigint NOT NULL,
	"paused_at" bigint,
	"paused_for" text,
	"failing_since" bigint,
	"last_taken_at" bigint,
	"rests_until" bigint
);
--> statement-breakpoint
ALTER TABLE "endpoint_secrets" ADD CONSTRAINT "endpoint_secrets_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_messages" ADD CONSTRAINT "outgoing_messages_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_messages" ADD CONSTRAINT "outgoing_messages_resend_id_resends_id_fk" FOREIGN KEY ("resend_id") REFERENCES "public"."resends"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resends" ADD CONSTRAINT "resends_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "send_attempts" ADD CONSTRAINT "send_attempts_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "send_attempts" ADD CONSTRAINT "send_attempts_message_outgoing_messages_number_fk" FOREIGN KEY ("message") REFERENCES "public"."outgoing_messages"("number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "endpoint_secrets_by_endpoint" ON "endpoint_secrets" USING btree ("endpoint_id");--> statement-breakpoint
CREATE INDEX "outgoing_messages_pending" ON "outgoing_messages" USING btree ("endpoint_id","meeting_id","number") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "outgoing_messages_about" ON "outgoing_messages" USING btree ("endpoint_id","about");--> statement-breakpoint
CREATE INDEX "outgoing_messages_by_time" ON "outgoing_messages" USING btree ("endpoint_id","made_at");--> statement-breakpoint
CREATE INDEX "outgoing_messages_of_meeting" ON "outgoing_messages" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "outgoing_messages_of_resend" ON "outgoing_messages" USING btree ("resend_id") WHERE resend_id is not null;--> statement-breakpoint
CREATE INDEX "resends_by_endpoint" ON "resends" USING btree ("endpoint_id","at");--> statement-breakpoint
CREATE INDEX "send_attempts_newest_first" ON "send_attempts" USING btree ("endpoint_id","at","id");--> statement-breakpoint
CREATE INDEX "send_attempts_of_message" ON "send_attempts" USING btree ("message");--> statement-breakpoint
CREATE INDEX "told_meetings_due" ON "told_meetings" USING btree ("attendance_due_at") WHERE attendance_due_at is not null;