-- Counts in term_counts and passage_totals follow passages, whatever changes them: one statement of
-- any size is one change of each count. In the order of keys, so that two never wait for each other.
CREATE FUNCTION "passages_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO term_counts AS known (key, passages)
    SELECT key, count(*) FROM fresh, unnest(fresh.keys) AS key GROUP BY key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET passages = known.passages + excluded.passages;
  INSERT INTO passage_totals AS known (topic, month, passages, length)
    SELECT topic, month_of(at), count(*), sum(length) FROM fresh GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (topic, month) DO UPDATE
      SET passages = known.passages + excluded.passages, length = known.length + excluded.length;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "passages_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO term_counts AS known (key, passages)
    SELECT key, -count(*) FROM gone, unnest(gone.keys) AS key GROUP BY key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET passages = known.passages + excluded.passages;
  DELETE FROM term_counts
    WHERE passages = 0 AND key IN (SELECT unnest(keys) FROM gone);
  INSERT INTO passage_totals AS known (topic, month, passages, length)
    SELECT topic, month_of(at), -count(*), -sum(length) FROM gone GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (topic, month) DO UPDATE
      SET passages = known.passages + excluded.passages, length = known.length + excluded.length;
  DELETE FROM passage_totals
    WHERE passages = 0 AND (topic, month) IN (SELECT topic, month_of(at) FROM gone);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "month_of"(at timestamptz) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (extract(year FROM at AT TIME ZONE 'UTC') * 12 + extract(month FROM at AT TIME ZONE 'UTC'))::int - 23641
$$;
--> statement-breakpoint
CREATE TRIGGER "passages_inserted" AFTER INSERT ON "passages"
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION passages_added();
--> statement-breakpoint
CREATE TRIGGER "passages_deleted" AFTER DELETE ON "passages"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION passages_removed();
--> statement-breakpoint
CREATE TRIGGER "passages_updated_from" AFTER UPDATE ON "passages"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION passages_removed();
--> statement-breakpoint
CREATE TRIGGER "passages_updated_to" AFTER UPDATE ON "passages"
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION passages_added();
--> statement-breakpoint
-- What a passage is of goes with it.
CREATE FUNCTION "posts_left_topic"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM passages USING gone
    WHERE kind = 'post' AND ref = gone.post_id AND passages.topic = gone.topic;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "lines_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM passages USING gone
    WHERE kind = 'line' AND ref = gone.report_id || ' ' || gone.address;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "topic_posts_deleted" AFTER DELETE ON "topic_posts"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION posts_left_topic();
--> statement-breakpoint
CREATE TRIGGER "lines_deleted" AFTER DELETE ON "lines"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lines_removed();
