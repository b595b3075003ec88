import { describe, expect, it } from 'vitest';

import { isMissing, pauseAfter, stateOf, troubleOf } from '../../src/collect/health.ts';
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

describe('how a source is', () => {
  it('is nothing before it was read', () => {
    expect(stateOf(undefined, NOW)).toEqual({ kind: 'unread' });
    expect(stateOf(aSource({ lastSuccess: null }), NOW)).toEqual({ kind: 'unread' });
  });

  it('is that it was read, and what was not', () => {
    const [at, lastPost] = [hoursAgo(0.1), hoursAgo(2)];
    expect(stateOf(aSource(), NOW)).toEqual({ kind: 'read', at, lastPost, trouble: null });
    const cut = aSource({ failure: 'it was cut off' });
    expect(stateOf(cut, NOW)).toEqual({ kind: 'read', at, lastPost, trouble: 'it was cut off' });
  });

  it('is that it fails, and whether it was tried again when it was to be', () => {
    const failing = { failingSince: hoursAgo(3), failures: 2, failure: 'no' };
    const state = (nextAt: Date) => stateOf(aSource({ ...failing, nextAt }), NOW);
    expect(state(hoursAgo(-1))).toMatchObject({ kind: 'failing', reason: 'no', isLeft: false });
    expect(state(hoursAgo(0.1))).toMatchObject({ kind: 'failing', isLeft: false });
    expect(state(hoursAgo(2))).toMatchObject({ kind: 'failing', isLeft: true });
  });

  it('is that it rests where a budget of X puts it off to another day, until that has come', () => {
    const midnight = new Date('2026-11-21T00:00:00Z');
    const rests = aSource({ key: 'x-user:ada', nextAt: midnight });
    expect(stateOf(rests, NOW)).toEqual({ kind: 'resting', until: midnight });
    expect(stateOf(rests, midnight).kind).toBe('read');
    expect(stateOf({ ...rests, key: 'feed:a' }, NOW).kind).toBe('read');
    expect(stateOf({ ...rests, nextAt: hoursAgo(-0.2) }, NOW).kind).toBe('read');
  });
});
