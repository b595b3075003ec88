import type { Root } from 'mdast';

import { bullets, heading, paragraph, root, strong, text } from '../../lib/tree.ts';
import type { Message } from '../../model/message.ts';
import { textsIn } from '../../texts/texts.ts';

/** A message for a terminal, which has no buttons: what is behind the first screen is named below it. */
export function terminalTree({ tree, folds, language }: Message): Root {
  if (folds.length === 0) return tree;
  const texts = textsIn(language);
  const hasAdvice = folds.some(({ mark }) => mark === 'Ⅳ');
  const hasSections = folds.some(({ mark }) => /^[A-I]$/.test(mark));
  const names = folds.map(({ mark, title }) =>
    title.startsWith(mark) ? [strong(mark), text(title.slice(mark.length))] : [text(title)],
  );
  return root([
    ...tree.children,
    heading(3, texts.sectionsAre),
    bullets(names),
    paragraph([text(texts.sectionHint({ hasAdvice, hasSections }))]),
  ]);
}
