CREATE TABLE "people_apart" (
	"id" uuid PRIMARY KEY NOT NULL,
	"one" uuid NOT NULL,
	"other" uuid NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"undone_by" text,
	"undone_at" bigint
);
--> statement-breakpoint
ALTER TABLE "class_list_entries" ADD COLUMN "words" "tsvector";--> statement-breakpoint
ALTER TABLE "aliases" ADD COLUMN "words" "tsvector";--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "words" "tsvector";--> statement-breakpoint
ALTER TABLE "expected_people" ADD COLUMN "words" "tsvector";--> statement-breakpoint
ALTER TABLE "scheduled_meetings" ADD COLUMN "words" "tsvector";--> statement-breakpoint
CREATE INDEX "people_apart_of_one" ON "people_apart" USING btree ("one");--> statement-breakpoint
CREATE INDEX "people_apart_of_other" ON "people_apart" USING btree ("other");--> statement-breakpoint
CREATE INDEX "people_apart_newest_first" ON "people_apart" USING btree ("at","id") WHERE undone_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "people_apart_in_force" ON "people_apart" USING btree ("one","other") WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX "class_list_entries_without_words" ON "class_list_entries" USING btree ("list_id") WHERE words is null and name is not null;--> statement-breakpoint
CREATE INDEX "aliases_of_words" ON "aliases" USING gin ("words");--> statement-breakpoint
CREATE INDEX "aliases_without_words" ON "aliases" USING btree ("identity") WHERE words is null;--> statement-breakpoint
CREATE INDEX "rooms_of_words" ON "rooms" USING gin ("words");--> statement-breakpoint
CREATE INDEX "rooms_without_words" ON "rooms" USING btree ("id") WHERE words is null;--> statement-breakpoint
CREATE INDEX "expected_people_without_words" ON "expected_people" USING btree ("scheduled_id") WHERE words is null and name is not null;--> statement-breakpoint
CREATE INDEX "scheduled_meetings_without_words" ON "scheduled_meetings" USING btree ("id") WHERE words is null;--> statement-breakpoint
-- Trigrams found parts of words, where the database had them; the words of what is there already are told by
-- the server after it started, some thousand rows at a time.
DROP INDEX IF EXISTS aliases_of_text;--> statement-breakpoint
DROP INDEX IF EXISTS rooms_of_text;
