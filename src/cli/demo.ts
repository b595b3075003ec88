import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { type App, openApp } from '../app.ts';
import { importFile } from '../collect/file/import.ts';
import type { Config } from '../config.ts';
import { type Digest, makeDigest } from '../deliver/digest.ts';
import type { Language, Topic } from '../model/topic.ts';
import { windowOf } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import { openChat } from './chat.ts';
import { languageOption } from './language.ts';
import { withProgress } from './progress.ts';
import { sayIn, showReport } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';

type Options = { language?: Language };

const SAMPLE = fileURLToPath(new URL('../demo/sample.jsonl', import.meta.url));

/** The days of the sample; in the demo it is always the morning after the last of them. */
const DAYS = ['2026-10-11', '2026-10-12', '2026-10-13'] as const;
const MORNING_AFTER = new Date('2026-10-14T09:00:00+08:00');

/** `chorus demo` */
export const demo: Verb = (program, start) => {
  program
    .command('demo')
    .description('a digest from invented posts, and a conversation about it; needs nothing')
    .addOption(languageOption().default('zh' satisfies Language))
    .action((options: Options) => start((with_) => run(options.language ?? 'zh', with_)));
};

async function run(language: Language, with_: Surroundings): Promise<number> {
  const { out, err, input, signal } = with_;
  const topic: Topic = {
    key: 'demo_ai',
    title: textsIn(language).demoTitle,
    language,
    timeZone: 'Asia/Shanghai',
  };
  const app = await openApp(demoConfig(with_.config, topic), with_.log, () => MORNING_AFTER);
  try {
    const made = await makeDigests(app, topic, with_);
    const last = made.findLast((digest) => digest.kind === 'made');
    if (last) await showReport(app.db, last.report, last.published, with_);
    out.write('\n');
    sayIn(out, textsIn(language).demoIsInvented);
    if (input.isTTY && out.isTTY)
      await openChat(() => app, topic, language, { input, out, signal });
    else sayIn(err, textsIn(language).noTerminal);
    return 0;
  } finally {
    await app.close();
  }
}

/** The embedded database beside, never in, the user's own; and a folder of its own to publish to. */
function demoConfig(config: Config, topic: Topic): Config {
  return {
    ...config,
    topics: [topic],
    claude: null, // the demo shows what is there without a key
    database: { kind: 'embedded', folder: config.dataFolder, name: 'demo' },
    outFolder: path.join(config.outFolder, 'demo'),
  };
}

function makeDigests(app: App, topic: Topic, with_: Surroundings): Promise<Digest[]> {
  const label = 'Making the digests of the sample';
  return withProgress(label, DAYS.length + 1, with_.err, async (advance) => {
    const { added, unchanged } = await importFile(app.db, topic.key, SAMPLE, {
      strict: true,
      signal: with_.signal,
    });
    const posts = `${added + unchanged} invented posts`;
    advance(1, posts);
    const made: Digest[] = [];
    for (const day of DAYS) {
      with_.signal.throwIfAborted();
      const { outFolder } = app.config;
      const workshop = {
        db: app.db,
        now: app.now,
        outFolder,
        office: null,
        signal: with_.signal,
      };
      const window = windowOf(day, day, topic.timeZone);
      made.push(await makeDigest(workshop, { topic, window, language: topic.language }));
      advance(1, day);
    }
    return { result: made, summary: `Digests of ${DAYS.join(', ')} made from ${posts}.` };
  });
}
