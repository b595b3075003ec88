import type { PhrasingContent, Root } from 'mdast';

import { oneLine, shorten, withoutLinks } from '../lib/text.ts';
import { bullets, emphasis, link, paragraph, root, strong, text } from '../lib/tree.ts';
import { postLink } from '../model/post.ts';
import type { Language } from '../model/topic.ts';
import { dayOf } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import type { Answer } from './answer.ts';
import type { Hit } from './retrieve.ts';

/** An answer as a message: the passages word for word, each with its author, local day, line and link. */
export function answerMessage(answer: Answer, language: Language, timeZone: string): Root {
  const texts = textsIn(language);
  if (answer.kind === 'extract') {
    return root([
      paragraph([emphasis(texts.answerIsExtract)]),
      bullets(answer.hits.map((hit, index) => passage(hit, index + 1, timeZone))),
    ]);
  }
  const nearest = answer.nearest.map((hit, index) => passage(hit, index + 1, timeZone));
  return root([
    paragraph([text(texts.noAnswer)]),
    ...(nearest.length > 0 ? [paragraph([emphasis(texts.nearestThings)]), bullets(nearest)] : []),
  ]);
}

function passage({ post, line }: Hit, number: number, timeZone: string): PhrasingContent[] {
  const address = postLink(post);
  return [
    strong(`${oneLine(post.authorName)} (@${post.author})`),
    text(
      `, ${dayOf(post.createdAt, timeZone)}: “${shorten(oneLine(withoutLinks(post.text)), LONGEST)}”`,
    ),
    ...(line ? [emphasis(` ${line.address}`)] : []),
    ...(address === null ? [] : [text(' '), link(address, `[${number}]`)]),
  ];
}

const LONGEST = 320; // characters of a post that an answer shows
