CREATE SEQUENCE "public"."delivery_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9999999999 START WITH 1 CACHE 1 CYCLE;--> statement-breakpoint
SELECT setval('delivery_numbers', last_value, is_called) FROM "deliveries_id_seq";--> statement-breakpoint
CREATE TABLE "delivery_keys" (
	"source_id" uuid NOT NULL,
	"delivery_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"occurrence" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deliveries" RENAME TO "deliveries_before";--> statement-breakpoint
ALTER INDEX "deliveries_pkey" RENAME TO "deliveries_before_pkey";--> statement-breakpoint
DROP INDEX "deliveries_by_key";--> statement-breakpoint
DROP INDEX "deliveries_by_occurrence";--> statement-breakpoint
DROP INDEX "deliveries_unreadable";--> statement-breakpoint
DROP INDEX "deliveries_silent_by_room";--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint NOT NULL,
	"source_id" uuid NOT NULL,
	"room" text,
	"received_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"type" text,
	"reason" text,
	"repeats" integer DEFAULT 0 NOT NULL,
	"body" "bytea" NOT NULL
) PARTITION BY RANGE ("id");
--> statement-breakpoint
-- An id is the month in which a delivery came and the number it had. The number never changes, because what
-- was given out is named after it.
CREATE FUNCTION delivery_id_in_month(number bigint, received_at timestamp with time zone) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT (extract(year FROM received_at AT TIME ZONE 'UTC') * 100
    + extract(month FROM received_at AT TIME ZONE 'UTC'))::bigint * 10000000000 + number
$$;
--> statement-breakpoint
DO $$ DECLARE month timestamp; BEGIN
  FOR month IN SELECT DISTINCT date_trunc('month', received_at AT TIME ZONE 'UTC') FROM deliveries_before LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF deliveries FOR VALUES FROM (%s) TO (%s)',
      'deliveries_' || to_char(month, 'YYYY_MM'),
      delivery_id_in_month(0, month AT TIME ZONE 'UTC'),
      delivery_id_in_month(0, (month + interval '1 month') AT TIME ZONE 'UTC'));
  END LOOP;
END $$;
--> statement-breakpoint
INSERT INTO "deliveries" (id, source_id, room, received_at, status, type, reason, repeats, body)
SELECT delivery_id_in_month(id, received_at), source_id, room, received_at, status, type, reason, repeats, body
FROM "deliveries_before";--> statement-breakpoint
INSERT INTO "delivery_keys" (source_id, delivery_id, key, occurrence)
SELECT source_id, delivery_id_in_month(id, received_at), key, occurrence FROM "deliveries_before";--> statement-breakpoint
-- Indexes are made once, after every row is there.
ALTER TABLE "deliveries" ADD PRIMARY KEY ("id");--> statement-breakpoint
CREATE INDEX "deliveries_unreadable" ON "deliveries" USING btree ("id") WHERE status = 'unreadable';--> statement-breakpoint
CREATE INDEX "deliveries_silent_by_room" ON "deliveries" USING btree ("source_id","room") WHERE status <> 'recorded';--> statement-breakpoint
ALTER TABLE "delivery_keys" ADD CONSTRAINT "delivery_keys_by_id" PRIMARY KEY("source_id","delivery_id");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_keys_by_key" ON "delivery_keys" USING btree ("source_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_keys_by_occurrence" ON "delivery_keys" USING btree ("source_id","occurrence");--> statement-breakpoint
-- The events are written anew where they are, so that their trigger, indexes and settings stay theirs. Of a
-- delivery that is no longer kept nobody knows when it came: then the month is that of what it told.
CREATE FUNCTION delivery_of_event(number bigint, at bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN delivery_id_in_month(number, coalesce(
    (SELECT received_at FROM deliveries_before WHERE id = number), to_timestamp(at / 1000.0)));
END $$;
--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "delivery_id" TYPE bigint USING delivery_of_event(delivery_id, at);--> statement-breakpoint
DROP FUNCTION delivery_of_event(bigint, bigint);--> statement-breakpoint
DROP FUNCTION delivery_id_in_month(bigint, timestamp with time zone);--> statement-breakpoint
DROP TABLE "deliveries_before";--> statement-breakpoint
ANALYZE "deliveries", "delivery_keys", "events";
