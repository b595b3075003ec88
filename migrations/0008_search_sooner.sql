CREATE INDEX "drops_post" ON "drops" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "messages_turn" ON "messages" USING btree ("turn");--> statement-breakpoint
CREATE INDEX "turns_follows" ON "turns" USING btree ("follows");--> statement-breakpoint
-- Counts are read without the lists: of one term they lie together in the index, and nowhere else.
ALTER TABLE "postings" DROP CONSTRAINT "postings_pkey",
  ADD CONSTRAINT "postings_pkey" PRIMARY KEY ("key") INCLUDE ("passages");
--> statement-breakpoint
-- Whoever removes passages writes counts, as those do who add some: one after the other.
CREATE FUNCTION "passages_wait"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('dawn-chorus:posts'));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "passages_deleting" BEFORE DELETE ON "passages"
  FOR EACH STATEMENT EXECUTE FUNCTION passages_wait();
