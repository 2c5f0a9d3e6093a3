ALTER TABLE "installation" ADD COLUMN "code_of" text;--> statement-breakpoint
ALTER TABLE "member_sessions" ADD COLUMN "lacks_code" boolean DEFAULT false NOT NULL;