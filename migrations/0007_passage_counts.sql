-- Lists of postings are small and are read whole: packing them would only cost time.
ALTER TABLE "postings" ALTER COLUMN "list" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- What a passage is of takes it along.
CREATE FUNCTION "posts_left_topic"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM passages USING gone
    WHERE kind = 'post' AND ref = gone.post_id AND passages.topic = gone.topic;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "topic_posts_deleted" AFTER DELETE ON "topic_posts"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION posts_left_topic();
--> statement-breakpoint
CREATE FUNCTION "lines_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM passages USING gone
    WHERE kind = 'line' AND ref = gone.report_id || ' ' || gone.address;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "lines_deleted" AFTER DELETE ON "lines"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lines_removed();
--> statement-breakpoint
-- Whatever removes passages, they are no longer counted, and a block of which nothing is left goes.
-- The numbers are those of src/store/postings.ts: 32,768 passages a block, 256 a slice, 5 bytes a term's count,
-- 1,048,576 blocks.
CREATE FUNCTION "passages_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  empty int[];
BEGIN
  UPDATE postings SET passages = postings.passages - lost.passages
    FROM (
      SELECT term * 1048576 + no / 32768 AS key, count(*) AS passages
        FROM gone
        CROSS JOIN generate_series(0, octet_length(counts) - 5, 5) AS place
        CROSS JOIN LATERAL (
          SELECT (get_byte(counts, place)::bigint << 24) + (get_byte(counts, place + 1) << 16)
            + (get_byte(counts, place + 2) << 8) + get_byte(counts, place + 3) AS term
        ) AS terms
        GROUP BY 1
    ) AS lost
    WHERE postings.key = lost.key;
  UPDATE passage_blocks
    SET passages = passage_blocks.passages - lost.passages,
        length = passage_blocks.length - lost.length
    FROM (
      SELECT no / 32768 AS block, count(*) AS passages, sum(length) AS length FROM gone GROUP BY 1
    ) AS lost
    WHERE passage_blocks.block = lost.block;
  WITH emptied AS (DELETE FROM passage_blocks WHERE passages = 0 RETURNING block)
    SELECT array_agg(block) INTO empty FROM emptied;
  IF empty IS NOT NULL THEN
    DELETE FROM postings WHERE key % 1048576 = ANY (empty);
    DELETE FROM passage_slices WHERE slice / 128 = ANY (empty);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "passages_deleted" AFTER DELETE ON "passages"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION passages_removed();
