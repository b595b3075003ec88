CREATE TABLE "take_backs" (
	"topic" text NOT NULL,
	"post_id" text NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	CONSTRAINT "take_backs_topic_post_id_pk" PRIMARY KEY("topic","post_id")
);
--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "words" text;--> statement-breakpoint
ALTER TABLE "take_backs" ADD CONSTRAINT "take_backs_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;