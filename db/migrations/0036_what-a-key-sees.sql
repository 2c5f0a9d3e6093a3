ALTER TABLE "api_keys" ADD COLUMN "sources" text[];--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "rooms" text[];--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "masked" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "sight" jsonb;