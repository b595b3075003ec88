CREATE TABLE "charged" (
	"day" text NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	CONSTRAINT "charged_day_kind_id_pk" PRIMARY KEY("day","kind","id")
);
--> statement-breakpoint
ALTER TABLE "source_days" ADD COLUMN "open_posts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "source_days" ADD COLUMN "open_users" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "source_days" ADD COLUMN "open_session" integer;