CREATE TABLE "calls" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calls_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"started_at" timestamp with time zone NOT NULL,
	"purpose" text NOT NULL,
	"topic" text NOT NULL,
	"part" text NOT NULL,
	"model" text NOT NULL,
	"batched" boolean NOT NULL,
	"state" text NOT NULL,
	"failure" text,
	"fresh" integer DEFAULT 0 NOT NULL,
	"cache_written" integer DEFAULT 0 NOT NULL,
	"cache_read" integer DEFAULT 0 NOT NULL,
	"output" integer DEFAULT 0 NOT NULL,
	"price" bigint NOT NULL,
	"request_id" text,
	"duration_ms" integer
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"hash" text PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text NOT NULL,
	"language" text NOT NULL,
	"answer" text,
	"batch_id" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"key" text PRIMARY KEY NOT NULL,
	"told_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "bold" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "basis" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "continues" jsonb;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "verdict" jsonb DEFAULT '{"kind":"quoted"}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "writing" jsonb;--> statement-breakpoint
CREATE INDEX "calls_started" ON "calls" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "drafts_report" ON "drafts" USING btree ("topic","from_day","to_day","language");