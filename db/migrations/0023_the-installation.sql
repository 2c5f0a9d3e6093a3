CREATE TABLE "installation" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"time_zone" text,
	CONSTRAINT "installation_only_one" CHECK ("installation"."only")
);
