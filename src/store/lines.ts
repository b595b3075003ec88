import type { ReportLine } from '../model/asking.ts';
import type { Database } from './database.ts';
import { and, eq, inArray } from './drizzle.ts';
import { windowOfRow } from './reports.ts';
import { citations, lines, reports } from './schema.ts';

/** A line of a stored report by its report's number and its address. */
export type LineName = { readonly report: number; readonly address: string };

/** The lines with these names, by `7 III.C.2`, as `passages` refers to them; those that are gone are missing. */
export async function linesNamed(
  db: Database,
  names: readonly LineName[],
): Promise<Map<string, ReportLine>> {
  if (names.length === 0) return new Map();
  const asked = new Set(names.map(refOfLine));
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
  const citesOf = Map.groupBy(cited, ({ reportId, address }) =>
    refOfLine({ report: reportId, address }),
  );
  const found = rows.map(({ line, report }) => {
    const {
      reportId,
      address,
      part,
      section,
      lead,
      text,
      impact,
      bold,
      basis,
      continues,
      verdict,
    } = line;
    const ref = refOfLine({ report: reportId, address });
    const cites = (citesOf.get(ref) ?? []).map(({ postId }) => postId);
    const own = { address, part, section, lead, text, impact, bold, basis, continues, verdict };
    const window = windowOfRow(report);
    const of = { report: reportId, window, language: report.language };
    return [ref, { kind: 'line', ...of, line: { ...own, cites } }] as const;
  });
  return new Map(found.filter(([ref]) => asked.has(ref)));
}

/** How `passages` refers to a line. */
export function refOfLine({ report, address }: LineName): string {
  return `${report} ${address}`;
}

/** The line that `passages` refers to. */
export function lineOfRef(ref: string): LineName {
  const [report, address = ''] = ref.split(' ');
  return { report: Number(report), address };
}
