import type {
  MessageCreateParamsBase,
  SearchResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages';

import { checkOutputSchema } from './claude-output-schema.ts';
import { Refused } from './claude-refused.ts';

const MAX_OUTPUT = 128_000;
const MAX_BREAKPOINTS = 4;

/** What both requests for a message and those that only count its tokens have. */
export type Prompt = Pick<
  MessageCreateParamsBase,
  'model' | 'system' | 'messages' | 'output_config' | 'tools' | 'cache_control'
> & { readonly max_tokens?: number };

/** The rules of the API that its types do not tell. @throws Refused, naming the path. */
export function checkPrompt(prompt: Prompt): void {
  const { max_tokens: most = 1, messages, system, output_config } = prompt;
  if (!Number.isInteger(most) || most < 0) throw new Refused('max_tokens: must be a whole number');
  if (most > MAX_OUTPUT) throw new Refused(`max_tokens: ${most} > ${MAX_OUTPUT}, the maximum`);
  if (messages.length === 0) throw new Refused('messages: at least one message is required');
  for (const [index, { content }] of messages.entries()) {
    if (content.length === 0) throw new Refused(`messages.${index}.content: must be non-empty`);
  }
  const { format } = output_config ?? {};
  const objects = [...objectsIn(system, 'system'), ...objectsIn(messages, 'messages')];
  checkBlocks(objects, { isFormatted: Boolean(format) });
  checkResults(messages);
  checkCitable(objects);
  checkBreakpoints([...objects, ['cache_control', { cache_control: prompt.cache_control }]]);
  if (format) checkOutputSchema(format.schema);
}

type Located = readonly [path: string, value: Readonly<Record<string, unknown>>];

function checkBlocks(objects: readonly Located[], { isFormatted }: { isFormatted: boolean }) {
  for (const [path, { type, text, citations }] of objects) {
    if (type === 'text' && text === '') {
      throw new Refused(`${path}.text: text content blocks must be non-empty`);
    }
    const { enabled } = Object(citations) as { enabled?: unknown };
    if (isFormatted && enabled === true) {
      throw new Refused(`${path}.citations: cannot be used together with output_config.format`);
    }
  }
}

/** Search results are material of a user, and have something in them. */
function checkResults(messages: Prompt['messages']): void {
  for (const [index, { role, content }] of messages.entries()) {
    for (const [place, block] of (typeof content === 'string' ? [] : content).entries()) {
      if (block.type !== 'search_result') continue;
      const path = `messages.${index}.content.${place}`;
      if (role !== 'user') throw new Refused(`${path}: search_result blocks are for the user`);
      if (block.content.length === 0) throw new Refused(`${path}.content: must be non-empty`);
    }
  }
}

/** Of what can be cited, all may be, or nothing. */
function checkCitable(objects: readonly Located[]): void {
  const citable = objects.filter(([, { type }]) => type === 'search_result' || type === 'document');
  const isEnabled = ([, { citations }]: Located) =>
    (Object(citations) as { enabled?: unknown }).enabled === true;
  const other = citable.find((each) => citable[0] && isEnabled(each) !== isEnabled(citable[0]));
  if (other) {
    throw new Refused(`${other[0]}.citations: must be enabled for all of the blocks, or for none`);
  }
}

/** The search results of a request, in the order by which they are cited. */
export function resultsIn(messages: Prompt['messages']): SearchResultBlockParam[] {
  const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  return blocks.flatMap((block) => (block.type === 'search_result' ? [block] : []));
}

function checkBreakpoints(objects: readonly Located[]): void {
  const marked = objects.filter(([, value]) => value['cache_control'] instanceof Object);
  const [path] = marked[MAX_BREAKPOINTS] ?? [];
  if (path === undefined) return;
  const most = `a maximum of ${MAX_BREAKPOINTS} blocks with cache_control may be provided`;
  throw new Refused(`${path}.cache_control: ${most}, found ${marked.length}`);
}

/** Every object at any depth, with its path. */
function* objectsIn(value: unknown, path: string): Generator<Located> {
  if (!(value instanceof Object)) return;
  if (!Array.isArray(value)) yield [path, value as Located[1]];
  for (const [key, child] of Object.entries(value)) yield* objectsIn(child, `${path}.${key}`);
}
