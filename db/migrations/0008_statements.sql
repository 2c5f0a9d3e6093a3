CREATE TABLE "statements" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"facts" jsonb,
	"room_ids" bigint[] NOT NULL,
	"made_at" bigint NOT NULL,
	"made_by" text NOT NULL,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE UNIQUE INDEX "statements_by_hash" ON "statements" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "statements_of_room" ON "statements" USING gin ("room_ids");