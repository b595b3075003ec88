ALTER TABLE "paces" ADD COLUMN "held_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "parts" ADD COLUMN "doubt_since" timestamp with time zone;