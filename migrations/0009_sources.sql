CREATE TABLE "inbox" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"source" text NOT NULL,
	"posts" text NOT NULL,
	"size" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source_days" (
	"topic" text NOT NULL,
	"source" text NOT NULL,
	"day" text NOT NULL,
	"added" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"posts" integer DEFAULT 0 NOT NULL,
	"users" integer DEFAULT 0 NOT NULL,
	"price" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "source_days_topic_source_day_pk" PRIMARY KEY("topic","source","day")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"topic" text NOT NULL,
	"key" text NOT NULL,
	"place" jsonb,
	"reaches" timestamp with time zone NOT NULL,
	"older_place" jsonb,
	"since" timestamp with time zone NOT NULL,
	"last_success" timestamp with time zone,
	"last_post" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"failure_kind" text,
	"failure" text,
	"next_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone,
	"session" integer,
	CONSTRAINT "sources_topic_key_pk" PRIMARY KEY("topic","key")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "missing" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "source_days_day" ON "source_days" USING btree ("day");