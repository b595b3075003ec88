import type { ApiMethods, Opts } from '@grammyjs/types';
import { Ajv, type ValidateFunction } from 'ajv';

import { complaintOf } from './telegram-complaints.ts';
import { badRequest } from './telegram-refused.ts';
import { type Document, readBotSchema } from './telegram-schema-source.ts';

export type Params = Readonly<Record<string, unknown>>;

/** Parameters of a method after they were checked; files are strings, as in requests. */
export type ParamsOf<Method extends keyof ApiMethods<string>> = Opts<string>[Method];

/** What today's types of the Bot API say about methods and their parameters. */
export type BotSchema = {
  /** The method as it is spelt, of a name in any case, or null where there is none. */
  findMethod(name: string): string | null;
  hasParameter(method: string, name: string): boolean;
  /**
   * The parameters with their types: a string where another type belongs is read as JSON, as from
   * forms. @throws Refused, naming the path, where they are not of the method's types.
   */
  check(method: string, params: Params): Params;
  /** What is wrong with something that the fake itself tells, or null. */
  mismatchOf(told: Told, value: unknown): string | null;
};

export type Told =
  | 'update'
  | 'message'
  | 'messages'
  | 'me'
  | 'chat'
  | 'member'
  | 'members'
  | 'webhook'
  | 'file';

let opened: Promise<BotSchema> | undefined;

export function openBotSchema(): Promise<BotSchema> {
  return (opened ??= readBotSchema().then(compile));
}

function compile(document: Document): BotSchema {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  ajv.addSchema({ definitions: document.definitions }, 'bot');
  const byLowerCase = new Map(document.methods.map((name) => [name.toLowerCase(), name]));
  const validatorOf = (pointer: string): ValidateFunction => {
    const validate = ajv.getSchema(`bot#/definitions/${pointer}`);
    if (!validate) throw new Error(`the Bot API has no ${pointer}`);
    return validate as ValidateFunction;
  };
  const propertiesOf = (method: string) => document.definitions[method]?.properties ?? {};
  return {
    findMethod: (name) => byLowerCase.get(name.toLowerCase()) ?? null,
    hasParameter: (method, name) => Object.hasOwn(propertiesOf(method), name),
    check(method, params) {
      const typed = Object.entries(params).map(([name, value]) => {
        const isKnown = Object.hasOwn(propertiesOf(method), name);
        const fits = isKnown ? validatorOf(`${method}/properties/${name}`) : null;
        return [name, dropHidden(fits ? readValue(value, fits) : value)] as const;
      });
      const read = Object.fromEntries(typed);
      const validate = validatorOf(method);
      if (!validate(read)) throw badRequest(complaintOf(method, validate.errors ?? []));
      return read;
    },
    mismatchOf(told, value) {
      const validate = validatorOf(`Told/properties/${told}`);
      return validate(value) ? null : complaintOf(told, validate.errors ?? []);
    },
  };
}

function readValue(value: unknown, fits: ValidateFunction): unknown {
  if (typeof value !== 'string' || fits(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}

/** `hide`, which telegraf's `Markup.button` adds to buttons; the server overlooks it. */
function dropHidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropHidden);
  if (!(value instanceof Object)) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'hide' || !('text' in value));
  return Object.fromEntries(kept.map(([key, each]) => [key, dropHidden(each)]));
}
