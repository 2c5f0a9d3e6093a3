CREATE TABLE "answered_requests" (
	"caller" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"sealed" "bytea",
	CONSTRAINT "answered_requests_caller_key_pk" PRIMARY KEY("caller","key")
);
--> statement-breakpoint
CREATE INDEX "answered_requests_oldest_first" ON "answered_requests" USING btree ("at");