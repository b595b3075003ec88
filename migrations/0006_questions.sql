CREATE TABLE "messages" (
	"channel" text NOT NULL,
	"message_id" text NOT NULL,
	"report_id" integer,
	"section" text,
	"turn" integer,
	"sent_at" timestamp with time zone NOT NULL,
	CONSTRAINT "messages_channel_message_id_pk" PRIMARY KEY("channel","message_id")
);
--> statement-breakpoint
CREATE TABLE "passage_blocks" (
	"block" integer PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"used" integer NOT NULL,
	"passages" integer NOT NULL,
	"length" bigint NOT NULL,
	"first" timestamp with time zone NOT NULL,
	"last" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passage_fills" (
	"kind" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"up_to" text
);
--> statement-breakpoint
CREATE TABLE "passage_slices" (
	"slice" integer PRIMARY KEY NOT NULL,
	"first" timestamp with time zone NOT NULL,
	"last" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passages" (
	"no" bigint PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"length" integer NOT NULL,
	"counts" "bytea" NOT NULL,
	CONSTRAINT "passages_once" UNIQUE("kind","ref","topic")
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"key" bigint PRIMARY KEY NOT NULL,
	"passages" integer NOT NULL,
	"list" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "turns_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"speaker" text NOT NULL,
	"follows" integer,
	"topic" text NOT NULL,
	"report_id" integer,
	"section" text,
	"question" text NOT NULL,
	"language" text NOT NULL,
	"answer" jsonb,
	"asked_message" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "turns_once" UNIQUE("channel","asked_message")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_channel_channels_key_fk" FOREIGN KEY ("channel") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_turn_turns_id_fk" FOREIGN KEY ("turn") REFERENCES "public"."turns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_channel_channels_key_fk" FOREIGN KEY ("channel") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_follows_turns_id_fk" FOREIGN KEY ("follows") REFERENCES "public"."turns"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passages_window" ON "passages" USING btree ("topic","at");--> statement-breakpoint
CREATE INDEX "turns_speaker" ON "turns" USING btree ("channel","speaker","at" DESC NULLS LAST);