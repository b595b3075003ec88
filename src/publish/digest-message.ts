import type { RootContent } from 'mdast';

import { paragraph, root, strong, text } from '../lib/tree.ts';
import { addressOf, type PartMark } from '../model/address.ts';
import type { Button, Fold, Message } from '../model/message.ts';
import type { Picture } from '../model/picture.ts';
import { linesOf, type Report } from '../model/report.ts';
import { textsIn } from '../texts/texts.ts';
import { briefTree, type CitedPosts, closingOf, partTree, sourcesList } from './report-tree.ts';

/** A stored report, as a chat gets it. */
type Shown = Report & { readonly id: number };

/** The parts that a report has besides the brief, in its order. */
export function marksOf(report: Report): PartMark[] {
  const has = (part: 'II' | 'IV') => (linesOf(report, part).length > 0 ? [part] : []);
  return [...has('II'), ...report.sections.map(({ letter }) => letter), ...has('IV')];
}

/**
 * A digest as people get it in a chat: first the brief, the counts and the pictures; behind it every
 * other part, its sources, and the way to ask.
 *
 * @param isLate Whether it comes after its hour.
 */
export function digestMessage(
  report: Shown,
  posts: CitedPosts,
  pictures: readonly Picture[],
  isLate = false,
): Message {
  const texts = textsIn(report.language);
  const brief = briefTree(report, posts);
  const late: RootContent[] = isLate ? [paragraph([text(texts.isLate)])] : [];
  return {
    language: report.language,
    tree: root([...late, ...brief.children, closingOf(report)]),
    pictures,
    folds: marksOf(report).map((mark) => foldOf(report, posts, mark)),
    buttons: buttonsOf(report),
  };
}

/** One part of a report, as a button asks for it. */
export function partMessage(report: Shown, posts: CitedPosts, mark: PartMark): Message {
  return {
    language: report.language,
    tree: partTree(report, posts, mark),
    pictures: [],
    folds: [],
    buttons: [],
  };
}

function foldOf(report: Shown, posts: CitedPosts, mark: PartMark): Fold {
  const { children } = partTree(report, posts, mark);
  const [first, ...rest] = children;
  const title = first?.type === 'heading' ? wordsOf(first) : mark;
  return {
    mark: MARKS[mark] ?? mark,
    title,
    address: addressOf({ kind: 'part', report: report.id, part: mark }),
    tree: root(first?.type === 'heading' ? rest : children),
  };
}

/** As the report writes them. */
const MARKS: Readonly<Partial<Record<PartMark, string>>> = { II: 'Ⅱ', IV: 'Ⅳ' };

function buttonsOf(report: Shown): Button[] {
  const texts = textsIn(report.language);
  return [
    { label: texts.sources, address: addressOf({ kind: 'sources', report: report.id }) },
    { label: texts.askButton, address: addressOf({ kind: 'ask', report: report.id }) },
  ];
}

function wordsOf(node: RootContent): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

/** Every post that a report cites, numbered as its lines number them. */
export function sourcesMessage(report: Shown, posts: CitedPosts): Message {
  const texts = textsIn(report.language);
  return {
    language: report.language,
    tree: root([paragraph([strong(texts.sources)]), sourcesList(report, posts)]),
    pictures: [],
    folds: [],
    buttons: [],
  };
}
