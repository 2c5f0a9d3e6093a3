ALTER TABLE "sources" ADD COLUMN "keep_deliveries_months" integer;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "keep_people_days" integer;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "retained" jsonb;