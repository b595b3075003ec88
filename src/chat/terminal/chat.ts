import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { Log } from '../../lib/log.ts';
import { nameOf, pictureFile } from '../../publish/jekyll.ts';
import { textsIn } from '../../texts/texts.ts';
import { type Context, isFor, messageOf, type Reply } from '../command.ts';
import { dispatch } from '../dispatch.ts';
import { terminalTree } from './message.ts';
import { renderTerminal, type TerminalLook } from './render.ts';

/** A conversation in the terminal: what the commands need, and where words come from and go to. */
export type TerminalChat = {
  readonly context: Context;
  readonly log: Log;
  readonly input: NodeJS.ReadableStream;
  readonly out: NodeJS.WritableStream;
  readonly look: TerminalLook;
  /** Whether somebody types: then there is a prompt. */
  readonly interactive: boolean;
  /** Where pictures are laid down to be opened. */
  readonly pictureFolder: string;
  readonly signal: AbortSignal;
};

/**
 * Talks until the input ends, `/quit` is said, or the signal is given. Lines are answered one after
 * the other.
 */
export async function chatInTerminal(chat: TerminalChat): Promise<void> {
  const { context, input, out, interactive, signal } = chat;
  let { shown } = context;
  const reader = createInterface({
    input,
    ...(interactive && { output: out, terminal: true, prompt: '> ' }),
    completer: (line: string) => complete(line, context),
    signal,
  });
  let open = true;
  reader.on('SIGINT', () => reader.close());
  reader.once('close', () => (open = false));
  const prompt = () => {
    if (interactive && open) reader.prompt();
  };
  prompt();
  for await (const line of reader) {
    if (signal.aborted || /^\s*\/(?:quit|exit)\b/i.test(line)) break;
    if (line.trim() !== '') {
      const reply = await dispatch(line, { ...context, shown }, chat.log);
      shown = reply.shown ?? shown;
      const tree = terminalTree(messageOf(reply, context.language));
      out.write(`\n${renderTerminal(tree, chat.look)}${await pictureLines(reply, chat)}\n`);
    }
    prompt();
  }
  reader.close();
}

function complete(line: string, { commands, person }: Context): [string[], string] {
  const known = commands.filter((command) => isFor(person.role, command));
  const names = known.map(({ name, usage }) => `/${name}${usage === '' ? '' : ' '}`);
  return [line.startsWith('/') ? names.filter((name) => name.startsWith(line)) : [], line];
}

/** Lays a reply's pictures down, and says where: a terminal cannot show them. */
async function pictureLines(
  { pictures = [], shown }: Reply,
  { context, pictureFolder }: TerminalChat,
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
