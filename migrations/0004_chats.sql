CREATE SEQUENCE "public"."sessions" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "channels" (
	"key" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"title" text NOT NULL,
	"access" text NOT NULL,
	"language" text,
	"form" text,
	"paused" text,
	"told_at" timestamp with time zone,
	"shown_report" integer,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"topic" text NOT NULL,
	"day" text NOT NULL,
	"report_id" integer,
	"post_at" timestamp with time zone NOT NULL,
	"late" boolean NOT NULL,
	"session" integer,
	"finished_at" timestamp with time zone,
	CONSTRAINT "deliveries_once" UNIQUE("channel","topic","day")
);
--> statement-breakpoint
CREATE TABLE "paces" (
	"key" text PRIMARY KEY NOT NULL,
	"free_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parts" (
	"delivery_id" integer NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"form" text NOT NULL,
	"nonce" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try" timestamp with time zone,
	"failure" text,
	"message_id" text,
	"shows" timestamp with time zone,
	"sent_at" timestamp with time zone,
	CONSTRAINT "parts_delivery_id_position_pk" PRIMARY KEY("delivery_id","position")
);
--> statement-breakpoint
CREATE TABLE "quotas" (
	"key" text NOT NULL,
	"day" text NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "quotas_key_day_pk" PRIMARY KEY("key","day")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"topic" text NOT NULL,
	"day" text NOT NULL,
	"language" text NOT NULL,
	"state" text NOT NULL,
	"report_id" integer,
	"session" integer,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_topic_day_language_pk" PRIMARY KEY("topic","day","language")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"channel" text NOT NULL,
	"topic" text NOT NULL,
	"at" text,
	"language" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "subscriptions_channel_topic_pk" PRIMARY KEY("channel","topic")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "window_start" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "window_end" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_shown_report_reports_id_fk" FOREIGN KEY ("shown_report") REFERENCES "public"."reports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_channel_channels_key_fk" FOREIGN KEY ("channel") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parts" ADD CONSTRAINT "parts_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_channel_channels_key_fk" FOREIGN KEY ("channel") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "deliveries_open" ON "deliveries" USING btree ("post_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "deliveries_report" ON "deliveries" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "parts_message" ON "parts" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "subscriptions_topic" ON "subscriptions" USING btree ("topic");