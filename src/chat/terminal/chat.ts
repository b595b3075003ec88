import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Root } from 'mdast';

import type { Log } from '../../lib/log.ts';
import { nameOf, pictureFile } from '../../publish/jekyll.ts';
import { textsIn } from '../../texts/texts.ts';
import { type Context, isFor, messageOf, type Reply } from '../command.ts';
import { dispatch } from '../dispatch.ts';
import { Lines, type Typed } from './keyboard.ts';
import { terminalTree } from './message.ts';
import { renderTerminal, type TerminalLook } from './render.ts';
import { type Out, Screen } from './screen.ts';

/** A conversation in the terminal: what the commands need, and where words come from and go to. */
export type TerminalChat = {
  /** Asked for each line: the configuration may change between two. */
  readonly context: () => Omit<Context, 'live'>;
  readonly log: Log;
  readonly input: NodeJS.ReadableStream;
  readonly out: Out;
  readonly look: TerminalLook;
  /** Whether somebody types: then there is a prompt, and answers are shown as they come. */
  readonly interactive: boolean;
  /** Where pictures are laid down to be opened. */
  readonly pictureFolder: string;
  readonly signal: AbortSignal;
};

/** What was shown last: there are no messages that could be answered, so that is what is spoken about. */
type View = Pick<Context, 'shown' | 'answered'>;

/**
 * Talks until the input ends, `/quit` is said, or the signal is given. Lines are answered one after
 * the other.
 */
export async function chatInTerminal(chat: TerminalChat): Promise<void> {
  const { signal } = chat;
  const context = chat.context();
  const lines = new Lines({ ...chat, complete: (line) => complete(line, context) });
  let view: View = { shown: context.shown, answered: context.answered };
  for await (const typed of lines) {
    if (signal.aborted || /^\s*\/(?:quit|exit)\b/i.test(typed.line)) break;
    if (typed.line.trim() !== '' && !typed.stop.aborted) view = await answer(typed, view, chat);
  }
  lines.close();
}

/** @returns What is in view after it. */
async function answer({ line, stop }: Typed, view: View, chat: TerminalChat): Promise<View> {
  const { interactive, log, look, out, signal } = chat;
  const context = chat.context();
  const screen = new Screen(out);
  const textOf = (tree: Root) => `\n${renderTerminal(tree, look)}`;
  const live = {
    begin: () => {},
    show: (tree: Root) => {
      if (interactive) screen.grow(textOf(tree));
    },
    signal: AbortSignal.any([signal, stop]),
  };
  const reply = await dispatch(line, { ...context, ...view, live }, log);
  if (!reply) return view;
  const tree = terminalTree(messageOf(reply, context.language));
  screen.finish(`${textOf(tree)}${await pictureLines(reply, context, chat)}\n`);
  if (/^\s*\/new\b/i.test(line)) return { ...view, answered: null };
  return viewAfter(reply, view);
}

/** The section, the whole, or the answer that was shown; what says nothing of either leaves the view. */
function viewAfter({ shown, about }: Reply, view: View): View {
  const turn = about?.turn ?? null;
  if (shown) {
    const section = about?.report === shown.id ? about.section : null;
    return { shown, answered: { report: shown.id, section, turn } };
  }
  if (turn === null) return view;
  return { ...view, answered: { report: null, section: null, ...view.answered, turn } };
}

function complete(
  line: string,
  { commands, person }: Pick<Context, 'commands' | 'person'>,
): [string[], string] {
  const known = commands.filter((command) => isFor(person.role, command));
  const names = known.map(({ name, usage }) => `/${name}${usage === '' ? '' : ' '}`);
  return [line.startsWith('/') ? names.filter((name) => name.startsWith(line)) : [], line];
}

/** Lays a reply's pictures down, and says where: a terminal cannot show them. */
async function pictureLines(
  { pictures = [], shown }: Reply,
  context: Pick<Context, 'topic' | 'language'>,
  { pictureFolder }: TerminalChat,
): Promise<string> {
  if (pictures.length === 0 || !shown) return '';
  await mkdir(pictureFolder, { recursive: true });
  const name = nameOf(shown, context.topic.language);
  const texts = textsIn(context.language);
  const lines: string[] = [];
  for (const { kind, mime, bytes } of pictures) {
    const file = path.join(pictureFolder, pictureFile(kind, name, mime));
    await writeFile(file, bytes);
    lines.push(`${texts.pictureFile(texts.pictures[kind].title, file)}\n`);
  }
  return `\n${lines.join('')}`;
}
