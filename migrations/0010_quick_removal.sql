-- Counts that are stored packed are unpacked once, not anew for each of their bytes.
CREATE OR REPLACE FUNCTION "passages_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  empty int[];
BEGIN
  UPDATE postings SET passages = postings.passages - lost.passages
    FROM (
      WITH unpacked AS MATERIALIZED (SELECT no, counts || ''::bytea AS counts FROM gone)
      SELECT term * 1048576 + no / 32768 AS key, count(*) AS passages
        FROM unpacked
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
