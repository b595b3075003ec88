import { heading, paragraph, root, text } from '../../../src/lib/tree.ts';
import type { Message } from '../../../src/model/message.ts';
import type { Picture } from '../../../src/model/picture.ts';
import { png } from '../../fakes/telegram-client.ts';

export const cloud: Picture = {
  kind: 'cloud',
  mime: 'image/png',
  width: 16,
  height: 9,
  alt: ['Lumen 7', 'robots'],
  bytes: png(16, 9),
};

/** A digest as a chat gets it. */
export const DIGEST: Message = {
  language: 'en',
  tree: root([heading(1, 'Digest'), paragraph([text('Lumen 7 is cheaper.')])]),
  pictures: [cloud],
  folds: [
    {
      mark: 'A',
      title: 'A Prices',
      address: 'part:1:A',
      tree: root([paragraph([text('All about prices.')])]),
    },
  ],
  buttons: [{ label: 'Sources', address: 'sources:1' }],
};

/** Its first screen is longer than a caption. */
export const LONG: Message = {
  ...DIGEST,
  tree: root(
    Array.from({ length: 20 }, (_, index) => {
      return paragraph([text(`Line ${index}: ${'word '.repeat(20)}`)]);
    }),
  ),
};
