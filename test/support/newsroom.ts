import type { Errand } from '../../src/claude/desk.ts';
import { curate } from '../../src/curate/curate.ts';
import { loadLanguageDetector } from '../../src/lib/language.ts';
import type { Post } from '../../src/model/post.ts';
import type { Report } from '../../src/model/report.ts';
import type { Topic } from '../../src/model/topic.ts';
import { windowOf } from '../../src/model/window.ts';
import type { Assignment } from '../../src/write/assignment.ts';
import { writeReport } from '../../src/write/report.ts';
import type { FakeClaude } from '../fakes/claude.ts';
import { anOffice, type OfficeOptions } from './office.ts';
import { aPost } from './posts.ts';

const DAY = '2026-10-12';
const NOON = new Date(`${DAY}T12:00:00Z`);

/** Posts of an invented day about seven stories; the strongest two have two voices each. */
export const NEWS: readonly Post[] = (
  [
    [
      'lumen_labs_demo',
      'Lumen Labs',
      900,
      'Lumen 7 is out today for every customer of Lumen Labs. It reads 600,000 tokens in one prompt and costs $2.40 per million tokens. Our own test found 94% of the planted facts in long contracts.',
    ],
    [
      'mira_oat_demo',
      'Mira Oat',
      410,
      'Lumen 7 read our whole billing codebase in one prompt. It found two races that the review had missed in spring. The bill for 41 questions was $3.10.',
    ],
    [
      'wei_han_demo',
      'Wei Han',
      260,
      'I ran Lumen 7 on the Harbour benchmark: 71.2 points after 64.8 for Lumen 6. Prompts above 400,000 tokens lose the thread in some cases. Short answers became slower.',
    ],
    [
      'ferro_robotics_demo',
      'Ferro Robotics',
      700,
      'Ferro Robotics opens the Maren warehouse with 118 Kip robots. A Kip robot picks 310 items an hour, by our own count. Two technicians look after the whole hall at night.',
    ],
    [
      'kofi_adu_demo',
      'Kofi Adu',
      320,
      'I visited the Maren warehouse of Ferro Robotics: the Kip robots drop about one item in 900. Glass bottles still go to people at the far belt. Nobody there would name the price.',
    ],
    [
      'tern_institute_demo',
      'Tern Institute',
      540,
      'The Tern Institute publishes Tidebook, a corpus of 12 million port records. Tidebook covers 38 harbours from 1987 to 2025. Its licence allows commercial use without a fee.',
    ],
    [
      'lena_brix_demo',
      'Lena Brix',
      150,
      'Tidebook by the Tern Institute is the cleanest corpus of port records that I have used. About 3% of its older entries have no date. A loader for it took me twenty lines.',
    ],
    [
      'quay_cloud_demo',
      'Quay Cloud',
      480,
      'Quay Cloud restored its inference service after an outage of 74 minutes. A wrong route in the Ellery region caused it. Customers get a credit of 10% for the month.',
    ],
    [
      'nora_vale_demo',
      'Nora Vale',
      230,
      'Agents break at the handover and not at the reasoning. In 60 of our runs, 22 broke when one tool passed a date to another. We now send every date as plain text.',
    ],
  ] as const
).map(([author, authorName, likes, text], index) =>
  aPost({
    id: `news-${index + 1}`,
    author,
    authorName,
    likes,
    text,
    createdAt: new Date(NOON.getTime() - (index + 1) * 1_800_000),
  }),
);

type NewsroomOptions = OfficeOptions & {
  readonly posts?: readonly Post[];
  readonly language?: Topic['language'];
  readonly earlier?: Assignment['earlier'];
};

type TestNewsroom = {
  readonly claude: FakeClaude;
  readonly assignment: Assignment;
  /** Writes the report at a desk of its own, as every run of the program does. */
  readonly write: (fields?: Partial<Errand>) => Promise<Report>;
};

/** All that a report needs, with a fake of the model and a clock that moves when somebody waits. */
export async function aNewsroom(options: NewsroomOptions = {}): Promise<TestNewsroom> {
  const { posts = NEWS, language = 'en', earlier = [] } = options;
  const made = await anOffice({ ...options, start: NOON });
  const { claude, office } = made;
  const topic = { key: 'twitter_ai', title: 'Twitter Ai', language, timeZone: 'UTC' };
  const takenBack = new Set(posts.map(({ id }) => id));
  const assignment: Assignment = {
    topic,
    window: windowOf(DAY, DAY, 'UTC'),
    curation: curate(posts, { takenBack }),
    earlier,
    createdAt: NOON,
  };
  const detect = await loadLanguageDetector();
  const write = async (fields?: Partial<Errand>) => {
    const desk = made.desk({
      report: { topic: topic.key, from: DAY, to: DAY, language },
      deadline: new Date(NOON.getTime() + office.models.minutes * 60_000),
      ...fields,
    });
    const report = await writeReport({ desk, models: office.models, detect }, assignment);
    if (report === null) throw new Error('there was nothing to tell');
    return report;
  };
  return { claude, assignment, write };
}
