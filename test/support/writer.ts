import type { Behaviour, Request } from '../fakes/claude.ts';
import { type Asked, aModel, lines, sections, verdicts } from './model.ts';

/** Every answer is billed as so long. */
export const ANSWER_TOKENS = 100;

const CODEBASE = (tokens: string) =>
  `Mira says that Lumen 7 read a whole ${tokens} token codebase and found a race that Lumen 6 never saw.`;

const answer = aModel({
  plan: () => sections({ title: 'Robots at Port Ellery', stories: ['s1'] }),
  I: (asked) =>
    lines({
      lead: 'Lumen 7 is out',
      text: 'Lumen Labs says that Lumen 7 has 600,000 tokens of context at $2.40 per million, 20% below Lumen 6.',
      posts: [markOf(asked, 'lumen_labs_demo')],
    }),
  II: (asked) =>
    lines(
      {
        text: 'Ferro Robotics says that all its 24 Kip robots started at the Port Ellery warehouse and pick 118 items an hour.',
        posts: [markOf(asked, 'ferro_demo')],
      },
      { text: CODEBASE('990,000'), posts: [markOf(asked, 'mira_demo')] },
    ),
  III: (asked) =>
    lines({
      text: 'Kofi says that the **Kip** robots at Port Ellery need help 2.1 times a shift, which is 100 calls a day.',
      posts: [markOf(asked, 'kofi_demo')],
    }),
  IV: () =>
    lines({
      lead: 'Count the calls for help',
      text: 'Count how often the robots need help in a shift before more of them start.',
      basis: ['III.A.1'],
    }),
  repair: (asked) => lines({ text: CODEBASE('380,000'), posts: [markOf(asked, 'mira_demo')] }),
  check: () => verdicts(null),
});

/**
 * Answers the questions of an English report on the rows of rows.ts as a model would: II.2 has a wrong
 * figure, and none once it is rewritten; II.1 says "all", which its post does not, and a check lets it pass.
 */
export async function writeByModel(request: Request): Promise<Behaviour> {
  const behaviour = await answer(request);
  if (behaviour.kind !== 'text') return behaviour;
  return { ...behaviour, extra: { ...behaviour.extra, outputTokens: ANSWER_TOKENS } };
}

/** The mark that the evidence gives the post of an author. */
function markOf({ evidence }: Asked, author: string): string {
  const [, mark] = new RegExp(`\\b(p\\d+) @${author} `).exec(evidence) ?? [];
  if (mark === undefined) throw new Error(`the evidence shows no post of ${author}`);
  return mark;
}
