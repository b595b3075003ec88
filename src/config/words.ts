import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import { z } from 'zod';

import { shorten } from '../lib/text.ts';

/** What may stand in a place, where the schema of that place does not say it in words of its own. */
export function whatMay(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? 'something else'}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return `must ${atLeast(issue.origin, Number(issue.minimum))}`;
    case 'too_big':
      return `must ${atMost(issue.origin, Number(issue.maximum))}`;
    case 'unrecognized_keys':
      return issue.inst instanceof z.ZodObject
        ? `there are ${Object.keys(issue.inst.shape).join(', ')}`
        : undefined;
    default:
      return 'cannot be taken as it is';
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text, in quotation marks where it looks like something else',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings, each on a line of its own, indented',
  record: 'settings, each on a line of its own, indented',
};

function atLeast(origin: string, least: number): string {
  if (origin === 'string') return least === 1 ? 'not be empty' : `have ${least} or more characters`;
  return origin === 'array' ? `have ${least} or more entries` : `be ${least} or more`;
}

function atMost(origin: string, most: number): string {
  if (origin === 'string') return `have ${most} or fewer characters`;
  return origin === 'array' ? `have ${most} or fewer entries` : `be ${most} or less`;
}

/** Something that is wrong: what leads to it, and its setting with what may stand there and what does. */
export type Wrong = { readonly keys: readonly PropertyKey[]; readonly words: string };

/** What is wrong, in words. */
export function wrongIn(issues: readonly z.core.$ZodIssue[]): Wrong[] {
  return issues.flatMap((issue): Wrong[] => {
    const { path: keys, message } = issue;
    const name = keys.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') {
      return [{ keys, words: `${name || 'the file'}: ${message}${foundIn(issue)}` }];
    }
    return issue.keys.map((key) => ({
      keys: [...keys, key],
      words: `${[name, key].filter(Boolean).join('.')} is not a setting: ${message}`,
    }));
  });
}

const LONGEST_FOUND = 40;

/** What stands in a place, where the message does not show it; never an address with a password. */
function foundIn({ code, input, message }: z.core.$ZodIssue): string {
  if (input === undefined) return '';
  const found = inWords(input, code === 'invalid_type');
  return found === null || message.startsWith(found) ? '' : ` (there stands ${found})`;
}

function inWords(value: unknown, isOfWrongKind: boolean): string | null {
  if (value === null) return 'nothing';
  if (typeof value === 'object') {
    if (!isOfWrongKind) return null;
    return Array.isArray(value) ? 'a list' : 'a group of settings';
  }
  const text = JSON.stringify(value);
  return text === '""' || /:\/\/[^/]*@/.test(text) ? null : shorten(text, LONGEST_FOUND);
}

/** Where in the file a key stands; for a missing one, its nearest parent. */
export function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = (isNode(node) ? node.range?.[0] : undefined) ?? offset;
      continue;
    }
    if (!isMap(node)) break;
    const pair = node.items.find((item) => String(item.key) === String(key));
    if (!pair) break;
    offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
    node = pair.value;
  }
  return offset;
}
