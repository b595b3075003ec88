ALTER TABLE "postings" ADD COLUMN "parts" bigint;--> statement-breakpoint
-- Pages wait for seconds: to compress them takes longer than to write them.
ALTER TABLE "inbox" ALTER COLUMN "posts" SET STORAGE EXTERNAL;
