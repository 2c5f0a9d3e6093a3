CREATE TABLE "import_lines" (
	"import_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"room" text NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "import_lines_by_key" PRIMARY KEY("import_id","key")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"file" text NOT NULL,
	"time_zone" text NOT NULL,
	"dates" text NOT NULL,
	"digest" text NOT NULL,
	"lines" integer,
	"added" integer,
	"meetings" integer,
	"people" integer,
	"by" text,
	"at" bigint NOT NULL,
	"undone_by" text,
	"undone_at" bigint
);
--> statement-breakpoint
ALTER TABLE "import_lines" ADD CONSTRAINT "import_lines_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_lines_of_delivery" ON "import_lines" USING btree ("source_id","key");--> statement-breakpoint
CREATE INDEX "import_lines_of_room" ON "import_lines" USING btree ("source_id","room");--> statement-breakpoint
CREATE INDEX "imports_newest_first" ON "imports" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "imports_standing" ON "imports" USING btree ("digest") WHERE undone_at is null;--> statement-breakpoint
-- What was imported before stands as well: one import for each file and each way in which it was read. Who
-- brought it nobody noted.
INSERT INTO imports (id, source_id, file, time_zone, dates, digest, lines, added, at)
SELECT gen_random_uuid(), d.source_id, l.line ->> 'file', l.line ->> 'zone', l.line ->> 'dates',
  concat_ws(' ', 'before', d.source_id, l.line ->> 'file', l.line ->> 'zone', l.line ->> 'dates'),
  count(*), count(*), (extract(epoch from min(d.received_at)) * 1000)::bigint
FROM deliveries d JOIN sources s ON s.id = d.source_id AND s.provider = 'import'
  CROSS JOIN LATERAL (SELECT convert_from(d.body, 'UTF8')::json -> 'data' AS line) l
WHERE d.status = 'recorded' AND d.body <> ''
GROUP BY d.source_id, l.line ->> 'file', l.line ->> 'zone', l.line ->> 'dates';
--> statement-breakpoint
INSERT INTO import_lines (import_id, source_id, key, room, body)
SELECT i.id, d.source_id, k.key, d.room, d.body
FROM deliveries d JOIN delivery_keys k ON k.source_id = d.source_id AND k.delivery_id = d.id
  JOIN sources s ON s.id = d.source_id AND s.provider = 'import'
  CROSS JOIN LATERAL (SELECT convert_from(d.body, 'UTF8')::json -> 'data' AS line) l
  JOIN imports i ON i.digest = concat_ws(' ', 'before', d.source_id, l.line ->> 'file', l.line ->> 'zone', l.line ->> 'dates')
WHERE d.status = 'recorded' AND d.body <> '' AND d.room IS NOT NULL;
--> statement-breakpoint
UPDATE imports i SET meetings = n.meetings, people = n.people
FROM (
  SELECT l.import_id, count(DISTINCT e.meeting_id) AS meetings,
    count(DISTINCT coalesce(a.identity::text, e.meeting_id || e.person_id)) AS people
  FROM import_lines l
    JOIN delivery_keys k ON k.source_id = l.source_id AND k.key = l.key
    JOIN events e ON e.delivery_id = k.delivery_id
    LEFT JOIN attendances a ON a.meeting_id = e.meeting_id AND a.person_id = e.person_id
  GROUP BY l.import_id
) n
WHERE n.import_id = i.id;
