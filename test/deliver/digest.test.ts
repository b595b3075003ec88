import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, it } from 'vitest';

import { importFile } from '../../src/collect/import.ts';
import { toJsonRow } from '../../src/collect/jsonl.ts';
import { makeDigest } from '../../src/deliver/digest.ts';
import { windowOf } from '../../src/model/window.ts';
import { fail } from '../fakes/claude.ts';
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
      { db: office.db, now: office.now, outFolder: path.join(folder, 'out'), office },
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
