import type { Line, Report } from '../../src/model/report.ts';
import type { Curation } from '../../src/model/story.ts';
import { windowOf } from '../../src/model/window.ts';

/** A line of part I unless a test says otherwise. */
export function aLine(fields: Partial<Line> & Pick<Line, 'cites'>): Line {
  return {
    address: 'I.1',
    part: 'I',
    section: null,
    lead: null,
    text: 'Ada Quill (@ada_quill_demo): “Something happened”',
    impact: null,
    bold: [],
    basis: [],
    continues: null,
    verdict: { kind: 'quoted' },
    ...fields,
  };
}

/** A small report of 29 January 2026 in Shanghai. */
export function aReport(fields: Partial<Report> = {}): Report {
  return {
    topic: 'twitter_ai',
    topicTitle: 'Twitter Ai',
    window: windowOf('2026-01-29', '2026-01-29', 'Asia/Shanghai'),
    language: 'zh',
    writer: 'extract',
    writing: null,
    createdAt: new Date('2026-01-29T02:01:58Z'),
    sections: [],
    lines: [],
    missing: [],
    counts: {
      collected: 40,
      advertising: 3,
      copies: 2,
      empty: 1,
      kept: 34,
      authors: 20,
      stories: 9,
      cited: 1,
    },
    ...fields,
  };
}

/** A curation in which nothing happened. */
export const NO_CURATION: Curation = {
  collected: 0,
  kept: [],
  dropped: [],
  threads: [],
  stories: [],
  themes: [],
};
