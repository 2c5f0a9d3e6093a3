CREATE TABLE "aliases" (
	"identity" uuid NOT NULL,
	"name_key" text NOT NULL,
	"name" text NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"meetings" integer NOT NULL,
	CONSTRAINT "aliases_of_identity" PRIMARY KEY("identity","name_key")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"known_by" text NOT NULL,
	"user_id" text,
	"name" text,
	"name_key" text,
	"named_at" bigint,
	"sort_key" text NOT NULL,
	"part_of" uuid,
	"leader" uuid,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"meetings" integer NOT NULL,
	"namesakes" integer NOT NULL,
	"attended_ms" bigint NOT NULL,
	"open_count" integer NOT NULL,
	"open_sum" bigint NOT NULL,
	"wait_count" integer NOT NULL,
	"admitted_count" integer NOT NULL,
	"admitted_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"one" uuid NOT NULL,
	"other" uuid NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"undone_by" text,
	"undone_at" bigint
);
--> statement-breakpoint
DROP TABLE "names" CASCADE;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "identity" uuid;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "first_at" bigint;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "wait_count" integer;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "admitted_count" integer;--> statement-breakpoint
ALTER TABLE "attendances" ADD COLUMN "admitted_ms" bigint;--> statement-breakpoint
ALTER TABLE "waits" ADD COLUMN "identity" uuid;--> statement-breakpoint
-- Every row is written anew, and its indexes are made once afterwards: with ten million events it took
-- several times as long the other way.
DROP INDEX "attendances_by_name";--> statement-breakpoint
DROP INDEX "attendances_of_user";--> statement-breakpoint
DROP INDEX "attendances_of_name";--> statement-breakpoint
DROP INDEX "attendances_of_connection";--> statement-breakpoint
DROP INDEX "attendances_hosts";--> statement-breakpoint
DROP INDEX "attendances_waiting";--> statement-breakpoint
DROP INDEX "waits_newest_first";--> statement-breakpoint
DROP INDEX "waits_going_on";--> statement-breakpoint
DROP INDEX "waits_over_time";--> statement-breakpoint
DROP INDEX "waits_of_room_over_time";--> statement-breakpoint
DROP INDEX "waits_lost_newest_first";--> statement-breakpoint
UPDATE "attendances" a SET
  first_at = w.first_at, wait_count = w.wait_count, admitted_count = w.admitted_count,
  admitted_ms = w.admitted_ms,
  identity = CASE
    WHEN w.first_at IS NULL THEN NULL
    WHEN w.user_ids_last AND a.user_id IS NOT NULL
      THEN left(encode(sha256(convert_to(w.source_id || ' u:' || a.user_id, 'UTF8')), 'hex'), 32)::uuid
    WHEN a.name_key IS NOT NULL
      THEN left(encode(sha256(convert_to(w.source_id || ' n:' || a.name_key, 'UTF8')), 'hex'), 32)::uuid
  END
FROM (
  SELECT a.meeting_id, a.person_id, m.source_id, s.provider = 'daily' AS user_ids_last,
    least(a.first_joined_at, min((w ->> 'startedAt')::bigint)) AS first_at, count(w) AS wait_count,
    count(*) FILTER (WHERE w ->> 'outcome' = 'admitted') AS admitted_count,
    coalesce(sum((w ->> 'endedAt')::bigint - (w ->> 'startedAt')::bigint)
      FILTER (WHERE w ->> 'outcome' = 'admitted'), 0) AS admitted_ms
  FROM "attendances" a JOIN "meetings" m ON m.id = a.meeting_id JOIN "sources" s ON s.id = m.source_id
    LEFT JOIN LATERAL jsonb_array_elements(a.waits) w ON true
  GROUP BY a.meeting_id, a.person_id, m.source_id, s.provider
) w
WHERE w.meeting_id = a.meeting_id AND w.person_id = a.person_id;--> statement-breakpoint
ALTER TABLE "attendances" ALTER COLUMN "wait_count" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "attendances" ALTER COLUMN "admitted_count" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "attendances" ALTER COLUMN "admitted_ms" SET NOT NULL;--> statement-breakpoint
UPDATE "waits" w SET identity = a.identity FROM "attendances" a
WHERE a.meeting_id = w.meeting_id AND a.person_id = w.person_id AND a.identity IS NOT NULL;--> statement-breakpoint
CREATE INDEX "attendances_by_name" ON "attendances" USING btree ("meeting_id","name_key");--> statement-breakpoint
CREATE INDEX "attendances_of_user" ON "attendances" USING btree ("user_id") WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX "attendances_of_name" ON "attendances" USING btree ("name_key","meeting_id");--> statement-breakpoint
CREATE INDEX "attendances_of_connection" ON "attendances" USING btree ("person_id") WHERE user_id is null;--> statement-breakpoint
CREATE INDEX "attendances_hosts" ON "attendances" USING btree ("meeting_id") WHERE tenures <> '[]'::jsonb;--> statement-breakpoint
CREATE INDEX "attendances_waiting" ON "attendances" USING btree ("meeting_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "waits_newest_first" ON "waits" USING btree ("started_at" DESC,"meeting_id","participant_id");--> statement-breakpoint
CREATE INDEX "waits_going_on" ON "waits" USING btree ("meeting_id") WHERE outcome = 'waiting';--> statement-breakpoint
CREATE INDEX "waits_over_time" ON "waits" USING btree ("started_at","room_id","ended_at","outcome","returned");--> statement-breakpoint
CREATE INDEX "waits_of_room_over_time" ON "waits" USING btree ("room_id","started_at","ended_at","outcome","returned");--> statement-breakpoint
CREATE INDEX "waits_lost_newest_first" ON "waits" USING btree (started_at desc,"meeting_id","participant_id") WHERE outcome = 'left' and not returned;--> statement-breakpoint
INSERT INTO "people" (id, source_id, known_by, user_id, name, name_key, named_at, sort_key, first_at,
  last_at, meetings, namesakes, attended_ms, open_count, open_sum, wait_count, admitted_count, admitted_ms)
SELECT p.id, p.source_id, CASE WHEN p.is_user THEN 'user_id' ELSE 'name' END,
  CASE WHEN p.is_user THEN p.user_id END, n.name, n.name_key, n.named_at,
  coalesce(n.name_key, p.user_id, ''), p.first_at, p.last_at, p.meetings, p.namesakes,
  p.attended_ms, p.open_count, p.open_sum, p.wait_count, p.admitted_count, p.admitted_ms
FROM (
  SELECT a.identity AS id, min(m.source_id::text)::uuid AS source_id, min(a.user_id) AS user_id,
    bool_and(s.provider = 'daily' AND a.user_id IS NOT NULL) AS is_user,
    min(a.first_at) AS first_at, max(a.first_at) AS last_at, count(DISTINCT a.meeting_id) AS meetings,
    count(*) - count(DISTINCT a.meeting_id) AS namesakes, sum(a.attended_ms) AS attended_ms,
    count(a.open_since) AS open_count, coalesce(sum(a.open_since), 0) AS open_sum,
    sum(a.wait_count) AS wait_count, sum(a.admitted_count) AS admitted_count,
    sum(a.admitted_ms) AS admitted_ms
  FROM "attendances" a JOIN "meetings" m ON m.id = a.meeting_id JOIN "sources" s ON s.id = m.source_id
  WHERE a.identity IS NOT NULL
  GROUP BY a.identity
) p LEFT JOIN (
  SELECT DISTINCT ON (identity) identity, name, name_key, first_at AS named_at FROM "attendances"
  WHERE identity IS NOT NULL AND name_key IS NOT NULL
  ORDER BY identity, first_at DESC, name COLLATE "C" DESC
) n ON n.identity = p.id;--> statement-breakpoint
INSERT INTO "aliases" (identity, name_key, name, first_at, last_at, meetings)
SELECT identity, name_key, (array_agg(name ORDER BY first_at DESC, name COLLATE "C" DESC))[1],
  min(first_at), max(first_at), count(DISTINCT meeting_id)
FROM "attendances" WHERE identity IS NOT NULL AND name_key IS NOT NULL
GROUP BY identity, name_key;--> statement-breakpoint
CREATE INDEX "aliases_by_name" ON "aliases" USING btree ("name_key");--> statement-breakpoint
CREATE INDEX "people_last_met" ON "people" USING btree ("last_at","id") WHERE part_of is null and meetings > 0;--> statement-breakpoint
CREATE INDEX "people_by_name" ON "people" USING btree ("sort_key","id") WHERE part_of is null and meetings > 0;--> statement-breakpoint
CREATE INDEX "people_most_meetings" ON "people" USING btree ("meetings","id") WHERE part_of is null and meetings > 0;--> statement-breakpoint
CREATE INDEX "people_longest" ON "people" USING btree ("attended_ms","id") WHERE part_of is null and meetings > 0;--> statement-breakpoint
CREATE INDEX "people_first_met" ON "people" USING btree ("first_at") WHERE part_of is null and meetings > 0;--> statement-breakpoint
CREATE INDEX "people_of_user" ON "people" USING btree ("user_id") WHERE user_id is not null;--> statement-breakpoint
CREATE INDEX "people_parts" ON "people" USING btree ("part_of") WHERE part_of is not null;--> statement-breakpoint
CREATE INDEX "people_links_of_one" ON "people_links" USING btree ("one");--> statement-breakpoint
CREATE INDEX "people_links_of_other" ON "people_links" USING btree ("other");--> statement-breakpoint
CREATE UNIQUE INDEX "people_links_in_force" ON "people_links" USING btree ("one","other") WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX "attendances_of_identity" ON "attendances" USING btree ("identity","first_at","meeting_id","attended_ms","open_since") WHERE identity is not null;--> statement-breakpoint
CREATE INDEX "attendances_in_period" ON "attendances" USING btree ("first_at","identity","meeting_id","attended_ms","open_since") WHERE identity is not null;--> statement-breakpoint
CREATE INDEX "attendances_of_nobody" ON "attendances" USING btree ("first_at") WHERE identity is null;--> statement-breakpoint
CREATE INDEX "waits_given_up_by_identity" ON "waits" USING btree ("identity","started_at") WHERE outcome = 'left';--> statement-breakpoint
-- Where the database has no trigrams, or we may not have them, a search reads all names instead.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX aliases_of_text ON aliases USING gin (name_key gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'searching for text without pg_trgm';
END $$;
