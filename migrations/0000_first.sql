CREATE TABLE "citations" (
	"report_id" integer NOT NULL,
	"address" text NOT NULL,
	"position" integer NOT NULL,
	"post_id" text NOT NULL,
	CONSTRAINT "citations_report_id_address_position_pk" PRIMARY KEY("report_id","address","position")
);
--> statement-breakpoint
CREATE TABLE "drops" (
	"report_id" integer NOT NULL,
	"post_id" text NOT NULL,
	"reason" jsonb NOT NULL,
	CONSTRAINT "drops_report_id_post_id_pk" PRIMARY KEY("report_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "lines" (
	"report_id" integer NOT NULL,
	"address" text NOT NULL,
	"position" integer NOT NULL,
	"part" text NOT NULL,
	"section" text,
	"lead" text,
	"text" text NOT NULL,
	"impact" text,
	CONSTRAINT "lines_report_id_address_pk" PRIMARY KEY("report_id","address")
);
--> statement-breakpoint
CREATE TABLE "pictures" (
	"report_id" integer NOT NULL,
	"kind" text NOT NULL,
	"mime" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"alt" text[] NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "pictures_report_id_kind_pk" PRIMARY KEY("report_id","kind")
);
--> statement-breakpoint
CREATE TABLE "post_edits" (
	"old_id" text NOT NULL,
	"new_id" text NOT NULL,
	CONSTRAINT "post_edits_old_id_new_id_pk" PRIMARY KEY("old_id","new_id")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" text PRIMARY KEY NOT NULL,
	"author" text NOT NULL,
	"author_name" text NOT NULL,
	"author_bio" text,
	"author_followers" bigint,
	"text" text NOT NULL,
	"truncated" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"lang" text,
	"likes" bigint,
	"reposts" bigint,
	"replies" bigint,
	"quotes" bigint,
	"views" bigint,
	"url" text,
	"urls" text[] NOT NULL,
	"conversation_id" text,
	"reply_to_id" text,
	"quoted_id" text,
	"is_quote" boolean NOT NULL,
	"repost_of_id" text,
	"is_repost" boolean NOT NULL,
	"edit_ids" text[] NOT NULL,
	"seen_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"topic_title" text NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text NOT NULL,
	"time_zone" text NOT NULL,
	"language" text NOT NULL,
	"writer" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"counts" jsonb NOT NULL,
	CONSTRAINT "reports_window" UNIQUE("topic","from_day","to_day","language")
);
--> statement-breakpoint
CREATE TABLE "sections" (
	"report_id" integer NOT NULL,
	"letter" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "sections_report_id_letter_pk" PRIMARY KEY("report_id","letter")
);
--> statement-breakpoint
CREATE TABLE "stories" (
	"report_id" integer NOT NULL,
	"position" integer NOT NULL,
	"section" text,
	"voices" integer NOT NULL,
	"terms" text[] NOT NULL,
	"post_ids" text[] NOT NULL,
	CONSTRAINT "stories_report_id_position_pk" PRIMARY KEY("report_id","position")
);
--> statement-breakpoint
CREATE TABLE "topic_posts" (
	"topic" text NOT NULL,
	"post_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "topic_posts_topic_post_id_pk" PRIMARY KEY("topic","post_id")
);
--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_report_id_address_lines_report_id_address_fk" FOREIGN KEY ("report_id","address") REFERENCES "public"."lines"("report_id","address") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drops" ADD CONSTRAINT "drops_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drops" ADD CONSTRAINT "drops_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lines" ADD CONSTRAINT "lines_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pictures" ADD CONSTRAINT "pictures_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sections" ADD CONSTRAINT "sections_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_posts" ADD CONSTRAINT "topic_posts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "citations_post" ON "citations" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "reports_newest" ON "reports" USING btree ("topic","language","to_day" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "topic_posts_window" ON "topic_posts" USING btree ("topic","created_at");--> statement-breakpoint
CREATE INDEX "topic_posts_post" ON "topic_posts" USING btree ("post_id");