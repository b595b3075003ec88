import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, it } from 'vitest';

import { importFile } from '../../src/collect/file/import.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { makeDigest } from '../../src/deliver/digest.ts';
import { windowOf } from '../../src/model/window.ts';
import { fail } from '../fakes/claude.ts';
import { drawHere } from '../support/drawing.ts';
import { aModel } from '../support/model.ts';
import { NEWS } from '../support/newsroom.ts';
import { anOffice } from '../support/office.ts';
import { TOPIC } from '../support/place.ts';
import { temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';

const NO_CREDIT = fail({
  status: 400,
  type: 'invalid_request_error',
  message: 'Your credit balance is too low to access the API.',
});

it('leaves the report that a model wrote where it cannot write it anew', async () => {
  const { claude, office } = await anOffice();
  const folder = await temporaryFolder();
  const file = path.join(folder, 'posts.jsonl');
  await writeFile(file, jsonl(NEWS.map(toJsonRow)));
  await importFile(office.db, TOPIC.key, file);
  const make = async () => {
    const made = await makeDigest(
      {
        db: office.db,
        now: office.now,
        outFolder: path.join(folder, 'out'),
        office,
        draw: drawHere,
      },
      { topic: TOPIC, window: windowOf('2026-10-12', '2026-10-12', 'UTC'), language: 'en' },
    );
    if (made.kind !== 'made') throw new Error('nothing was made');
    return { ...made, page: await readFile(made.published.post, 'utf8') };
  };
  claude.answer(aModel());
  const first = await make();
  expect(first).toMatchObject({ isEarlier: false, report: { writer: 'model' } });
  claude.answer(() => NO_CREDIT);
  const second = await make();
  expect(second).toMatchObject({ isEarlier: true, notices: [{ kind: 'no-credit' }] });
  expect(second.report).toEqual(first.report);
  expect(second.page).toBe(first.page);
  claude.answer(aModel());
  expect(await make()).toMatchObject({ isEarlier: false, report: { writer: 'model' } });
});

it('shows the week from the third day on', async () => {
  const folder = await temporaryFolder();
  const { office } = await anOffice();
  const file = path.join(folder, 'posts.jsonl');
  const onDay = (day: number) => new Date(Date.UTC(2026, 9, day, 4));
  const posts = [10, 11, 12].flatMap((day) =>
    NEWS.map((post) => ({ ...post, id: `${post.id}-${day}`, createdAt: onDay(day) })),
  );
  await writeFile(file, jsonl(posts.map(toJsonRow)));
  await importFile(office.db, TOPIC.key, file);
  const kindsOn = async (from: string, to = from) => {
    const made = await makeDigest(
      {
        db: office.db,
        now: office.now,
        outFolder: path.join(folder, 'out'),
        office: null,
        draw: drawHere,
      },
      { topic: TOPIC, window: windowOf(from, to, 'UTC'), language: 'en' },
    );
    if (made.kind !== 'made') throw new Error('nothing was made');
    const page = await readFile(made.published.post, 'utf8');
    return { page, kinds: made.published.pictures.map(({ kind }) => kind) };
  };
  expect((await kindsOn('2026-10-10')).kinds).toEqual(['cloud']);
  expect((await kindsOn('2026-10-11')).kinds).toEqual(['cloud']);
  const third = await kindsOn('2026-10-12');
  expect(third.kinds).toEqual(['cloud', 'week']);
  expect(third.page).toMatch(/## The week\n\n!\[Themes of the last seven days\]\(week_\S+\.jpg "/);
  expect((await kindsOn('2026-10-10', '2026-10-12')).kinds).toEqual(['cloud']);
});
