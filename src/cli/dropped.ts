import { Option } from 'commander';
import type { Root } from 'mdast';

import { renderTerminal } from '../chat/terminal/render.ts';
import { counted } from '../lib/numbers.ts';
import { oneLine } from '../lib/text.ts';
import { bullets, heading, paragraph, root, text } from '../lib/tree.ts';
import { UserError } from '../model/errors.ts';
import type { DropReason } from '../model/story.ts';
import { onceEach, postItem } from '../publish/post-item.ts';
import { textsIn } from '../texts/texts.ts';
import {
  type Curated,
  droppedAs,
  droppedJson,
  keptById,
  LEFT_OUT_AS,
  reasonInWords,
  withCurated,
} from './curated.ts';
import { lookOf, sayIn } from './show.ts';
import { takeBackFrom } from './take-back.ts';
import type { Surroundings, Verb } from './verb.ts';
import { daysInWords, windowJson, type WindowOptions, withWindowOptions } from './window.ts';

type Reason = DropReason['kind'];

type Options = WindowOptions & { reason: Reason; takeBack?: string[]; json?: boolean };

/** `chorus dropped` */
export const dropped: Verb = (program, start) => {
  withWindowOptions(program.command('dropped'))
    .description('list the posts that curating a stored window leaves out; take some back')
    .addOption(
      new Option('--reason <reason>', 'left out as what')
        .choices(Object.keys(LEFT_OUT_AS))
        .default('advertising' satisfies Reason),
    )
    .option(
      '--take-back <id>',
      'this post is no advertising, now and in every later digest; may be repeated',
      (id: string, others: string[] | undefined) => [...(others ?? []), id],
    )
    .option('--json', 'print the result as JSON')
    .action((options: Options) => start((with_) => run(options, with_)));
};

async function run(options: Options, with_: Surroundings): Promise<number> {
  const { takeBack, reason, json } = options;
  if (takeBack && reason !== 'advertising') {
    throw new UserError('usage', 'Only advertising can be taken back: leave --reason away.');
  }
  return withCurated(options, with_, async (curated) => {
    if (takeBack) await takeBackAndSay(curated, takeBack, options, with_);
    else if (json) with_.out.write(`${JSON.stringify(listJson(curated, reason))}\n`);
    else with_.out.write(renderTerminal(listTree(curated, reason), lookOf(with_.out)));
  });
}

async function takeBackAndSay(
  curated: Curated,
  ids: readonly string[],
  { json }: Options,
  { out }: Surroundings,
): Promise<void> {
  const { topic, window, asTyped } = curated;
  const takenBack = [...new Set(ids)];
  await takeBackFrom(curated, takenBack);
  if (json) {
    out.write(`${JSON.stringify({ topic: topic.key, window: windowJson(window), takenBack })}\n`);
    return;
  }
  const posts = `${counted(takenBack.length, 'post')} (${takenBack.map(oneLine).join(', ')})`;
  sayIn(
    out,
    `${posts} taken back for good. It counts once the digest is made again: chorus digest ${asTyped}`,
  );
}

function listTree({ window, asTyped, curation }: Curated, reason: Reason): Root {
  const drops = droppedAs(reason, curation);
  const kept = keptById(curation);
  const items = onceEach(drops).map(({ first: { post, reason: why }, alike }) =>
    postItem(post, reasonInWords(why, kept) + textsIn('en').times(alike.length)),
  );
  const title = `${counted(drops.length, 'post')} of ${daysInWords(window)} left out ${LEFT_OUT_AS[reason]}`;
  const hint = `One of them is no advertising? chorus dropped ${asTyped} --take-back ID`;
  if (items.length === 0) {
    const others = Object.keys(LEFT_OUT_AS).filter((other) => other !== reason);
    const more = `What was left out otherwise: --reason ${others.join(' or ')}.`;
    return root([paragraph([text(`${title}. ${more}`)])]);
  }
  return root([
    heading(2, title),
    bullets(items),
    ...(reason === 'advertising' ? [paragraph([text(hint)])] : []),
  ]);
}

function listJson({ topic, window, curation }: Curated, reason: Reason): unknown {
  return {
    topic: topic.key,
    window: windowJson(window),
    dropped: droppedJson(droppedAs(reason, curation)),
  };
}
