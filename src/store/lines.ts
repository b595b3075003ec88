import { lineOf, type ReportLine } from '../model/asking.ts';
import type { Database } from './database.ts';
import { and, eq, inArray } from './drizzle.ts';
import { lineOfRef, refOfLine } from './passages.ts';
import { lineOfRow, windowOfRow } from './reports.ts';
import { citations, lines, reports } from './schema.ts';

/** The lines that `passages` refers to so, by that; those that are gone are missing. */
export async function linesReferredTo(
  db: Database,
  refs: readonly string[],
): Promise<Map<string, ReportLine>> {
  if (refs.length === 0) return new Map();
  const names = refs.map(lineOfRef);
  const [ids, addresses] = [names.map(({ report }) => report), names.map(({ address }) => address)];
  const [rows, cited] = await Promise.all([
    db
      .select({ line: lines, report: reports })
      .from(lines)
      .innerJoin(reports, eq(reports.id, lines.reportId))
      .where(and(inArray(lines.reportId, ids), inArray(lines.address, addresses))),
    db
      .select()
      .from(citations)
      .where(and(inArray(citations.reportId, ids), inArray(citations.address, addresses)))
      .orderBy(citations.position),
  ]);
  const citesOf = Map.groupBy(cited, refOfRow);
  const found = rows.map(({ line, report }) => {
    const ref = refOfRow(line);
    const of = { ...report, window: windowOfRow(report) };
    return [ref, lineOf(of, lineOfRow(line, citesOf.get(ref) ?? []))] as const;
  });
  const asked = new Set(refs);
  return new Map(found.filter(([ref]) => asked.has(ref)));
}

function refOfRow(row: { readonly reportId: number; readonly address: string }): string {
  return refOfLine({ report: row.reportId, address: row.address });
}
