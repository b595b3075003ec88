import { type Behaviour, json, type Request } from '../fakes/claude.ts';

/** What a request of a report asks for. */
export type Asked = 'plan' | 'I' | 'II' | 'III' | 'IV' | 'repair' | 'check';

const BEGINNINGS: Readonly<Record<Exclude<Asked, 'check'>, string>> = {
  plan: 'Plan part III',
  I: 'Write part I,',
  II: 'Write part II,',
  III: 'Write the section',
  IV: 'These lines of the report are written',
  repair: 'These lines did not pass',
};

/** Every answer is billed as so long. */
export const ANSWER_TOKENS = 100;

export function askedFor({ body }: Request): Asked {
  if (JSON.stringify(body.system).startsWith('"You check lines')) return 'check';
  const words = textsOf(body).at(-1) ?? '';
  const found = Object.entries(BEGINNINGS).find(([, beginning]) => words.startsWith(beginning));
  if (!found) throw new Error(`nobody knows what this asks for: ${words.slice(0, 80)}`);
  return found[0] as Asked;
}

/**
 * Answers the questions of an English report on the rows of rows.ts as a model would: II.2 has a wrong
 * figure, and none once it is rewritten; II.1 says "all", which its post does not, and a check lets it pass.
 */
export function writeByModel(request: Request): Behaviour {
  const asked = askedFor(request);
  const lines = linesFor(asked, (author) => markOf(request, author)).map((line) => ({
    ...NO_LINE,
    ...line,
  }));
  if (asked === 'check') {
    const verdicts = [{ line: 1, supported: true, why: '' }];
    return json({ verdicts }, { outputTokens: ANSWER_TOKENS });
  }
  const sections = asked === 'plan' ? [{ title: 'Robots at Port Ellery', stories: ['s1'] }] : [];
  return json({ sections, lines }, { outputTokens: ANSWER_TOKENS });
}

const NO_LINE = {
  lead: '',
  text: '',
  impact: '',
  inferred: false,
  posts: [] as string[],
  continues: '',
  basis: [] as string[],
};

type Line = Partial<typeof NO_LINE>;

const CODEBASE = (tokens: string) =>
  `Mira says that Lumen 7 read a whole ${tokens} token codebase and found a race that Lumen 6 never saw.`;

function linesFor(asked: Asked, mark: (author: string) => string): Line[] {
  switch (asked) {
    case 'I':
      return [
        {
          lead: 'Lumen 7 is out',
          text: 'Lumen Labs says that Lumen 7 has 600,000 tokens of context at $2.40 per million, 20% below Lumen 6.',
          posts: [mark('lumen_labs_demo')],
        },
      ];
    case 'II':
      return [
        {
          text: 'Ferro Robotics says that all its 24 Kip robots started at the Port Ellery warehouse and pick 118 items an hour.',
          posts: [mark('ferro_demo')],
        },
        { text: CODEBASE('990,000'), posts: [mark('mira_demo')] },
      ];
    case 'repair':
      return [{ text: CODEBASE('380,000'), posts: [mark('mira_demo')] }];
    case 'III':
      return [
        {
          text: 'Kofi says that the **Kip** robots at Port Ellery need help 2.1 times a shift, which is 100 calls a day.',
          posts: [mark('kofi_demo')],
        },
      ];
    case 'IV':
      return [
        {
          lead: 'Count the calls for help',
          text: 'Count how often the robots need help in a shift before more of them start.',
          basis: ['III.A.1'],
        },
      ];
    default:
      return [];
  }
}

/** The mark that the evidence gives the post of an author. */
function markOf({ body }: Request, author: string): string {
  const [, mark] = new RegExp(`^(p\\d+) @${author} `, 'm').exec(textsOf(body).join('\n')) ?? [];
  if (mark === undefined) throw new Error(`the evidence shows no post of ${author}`);
  return mark;
}

function textsOf({ messages }: Request['body']): string[] {
  return messages.flatMap(({ content }) =>
    typeof content === 'string'
      ? [content]
      : content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
  );
}
