import { describe, expect, it } from 'vitest';

import { isMissing, pauseAfter, troubleOf } from '../../src/collect/health.ts';
import type { SourceHealth } from '../../src/model/source.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

function aSource(fields: Partial<SourceHealth> = {}): SourceHealth {
  return {
    topic: 'ai',
    key: 'feed:a',
    since: hoursAgo(1000),
    reaches: hoursAgo(1024),
    lastSuccess: hoursAgo(0.1),
    lastPost: hoursAgo(2),
    failures: 0,
    failingSince: null,
    failureKind: null,
    failure: null,
    nextAt: NOW,
    toldAt: null,
    ...fields,
  };
}

describe('the pause after failures', () => {
  it('doubles from a minute up to six hours', () => {
    const minutes = [1, 2, 3, 9, 30].map((count) => pauseAfter('unreachable', count, 15) / 60_000);
    expect(minutes).toEqual([1, 2, 4, 256, 360]);
  });

  it('is a day from the third refusal on, and never shorter than the usual time between looks', () => {
    expect([1, 2, 3].map((count) => pauseAfter('refused', count, 15) / 60_000)).toEqual([
      1, 2, 1440,
    ]);
    expect(pauseAfter('unreachable', 30, 1440) / 60_000).toBe(1440);
  });
});

describe('the trouble of a source', () => {
  it('is none while it is well, or fails for less than the hours', () => {
    expect(troubleOf(aSource(), NOW, 24)).toBeNull();
    const failing = aSource({
      failures: 4,
      failingSince: hoursAgo(23),
      failureKind: 'unreachable',
    });
    expect(troubleOf(failing, NOW, 24)).toBeNull();
  });

  it('is that it fails for so many hours, or refuses again and again', () => {
    const since = hoursAgo(24);
    const failing = { failingSince: since, failureKind: 'unreachable', failure: 'no' } as const;
    expect(troubleOf(aSource({ failures: 9, ...failing }), NOW, 24)).toEqual({
      kind: 'failing',
      since,
      reason: 'no',
    });
    const refused = { failures: 3, failingSince: hoursAgo(0.1), failureKind: 'refused' } as const;
    expect(troubleOf(aSource(refused), NOW, 24)).toMatchObject({ kind: 'failing' });
  });

  it('is that it gives nothing new for so many hours, counted from its beginning at first', () => {
    expect(troubleOf(aSource({ lastPost: hoursAgo(25) }), NOW, 24)).toEqual({
      kind: 'silent',
      since: hoursAgo(25),
    });
    const young = { lastPost: null, since: hoursAgo(5) };
    expect(troubleOf(aSource(young), NOW, 24)).toBeNull();
    expect(troubleOf(aSource(young), NOW, 5)).toMatchObject({ kind: 'silent' });
  });
});

describe('a source is missing in a report', () => {
  it('when it was never read, or fails and was read too long ago', () => {
    expect(isMissing(undefined, NOW, 15)).toBe(true);
    expect(isMissing(aSource({ lastSuccess: null }), NOW, 15)).toBe(true);
    const failing = { failingSince: hoursAgo(1), lastSuccess: hoursAgo(1) };
    expect(isMissing(aSource(failing), NOW, 15)).toBe(true);
  });

  it('not when it is only silent, or failed a moment ago', () => {
    expect(isMissing(aSource({ lastPost: null, lastSuccess: hoursAgo(0.1) }), NOW, 15)).toBe(false);
    const failing = { failingSince: hoursAgo(0.1), lastSuccess: hoursAgo(0.4) };
    expect(isMissing(aSource(failing), NOW, 15)).toBe(false);
  });
});
