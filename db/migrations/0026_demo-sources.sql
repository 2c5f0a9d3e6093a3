ALTER TABLE "sources" ADD COLUMN "is_demo" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What a demonstration made before is known where it is certain. Only `seed` gives a source with webhooks an id of
-- version 4, and names it so.
UPDATE "sources" SET "is_demo" = true
WHERE "provider" IN ('daily', 'attendee') AND "name" ~ '^Seed -?[0-9]+ (Clinic|School|Company)$'
  AND substr("id"::text, 15, 1) = '4';
--> statement-breakpoint
-- `simulate` makes a source of each provider of that name, one right after the other, and its rooms are called so.
UPDATE "sources" s SET "is_demo" = true
WHERE s."name" = 'Simulation' AND s."provider" IN ('daily', 'attendee')
  AND EXISTS (SELECT FROM "sources" o
    WHERE o."name" = 'Simulation' AND o."provider" IN ('daily', 'attendee') AND o."provider" <> s."provider"
      AND abs(extract(epoch FROM o."created_at" - s."created_at")) < 10)
  AND NOT EXISTS (SELECT FROM "rooms" r WHERE r."source_id" = s."id"
    AND r."key" !~ '^((clinic|class|interview)-[0-9a-f]{6}|bot_[A-Za-z0-9]{16})$')
  AND EXISTS (SELECT FROM "sources" d JOIN "rooms" r ON r."source_id" = d."id"
    WHERE d."name" = 'Simulation' AND d."provider" = 'daily'
      AND abs(extract(epoch FROM d."created_at" - s."created_at")) < 10
      AND r."key" ~ '^(clinic|class|interview)-[0-9a-f]{6}$');
