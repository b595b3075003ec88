import type {
  InputRichBlock,
  InputRichMessage,
  RichBlock,
  RichMessageButton,
} from '@grammyjs/types';

import { photoSizesOf, type StoredFile, type Uploads } from './telegram-files.ts';
import { TelegramHtmlError } from './telegram-html-error.ts';
import type { Hub } from './telegram-hub.ts';
import { checkButton } from './telegram-keyboard.ts';
import { badRequest, Refused } from './telegram-refused.ts';
import { type BlockContext, blocksOf } from './telegram-rich-blocks.ts';
import { checkRichLimits } from './telegram-rich-limits.ts';
import { type Element, isElement, type Node, parseRichTree } from './telegram-rich-tree.ts';
import { wordsOfBlocks } from './telegram-rich-words.ts';
import type { Content, FakeChat } from './telegram-world.ts';

export type RichRequest = {
  readonly message: InputRichMessage<string>;
  readonly uploads: Uploads;
  readonly chat: FakeChat;
  readonly isDraft?: boolean;
};

type RichContent = Extract<Content, { kind: 'rich' }>;

/** The content of a rich message, from HTML or blocks. @throws Refused where the server refuses it. */
export function readRich(hub: Hub, request: RichRequest): RichContent {
  const { message, chat } = request;
  const { html, markdown, blocks: written } = message;
  if ([html, markdown, written].filter((each) => each !== undefined).length !== 1) {
    throw badRequest(
      'exactly one of html, markdown and blocks must be specified in the rich message',
    );
  }
  if (markdown !== undefined) throw new Error('the fake parses rich HTML, no rich Markdown');
  const files: StoredFile[] = [];
  const blocks =
    html === undefined ? fromBlocks(hub, request, files) : fromHtml(hub, request, files);
  checkRichLimits(blocks);
  for (const button of buttonsIn(blocks)) checkButton({ ...button }, chat);
  const text = wordsOfBlocks(blocks);
  return {
    kind: 'rich',
    text,
    entities: [],
    blocks,
    files,
    isRightToLeft: message.is_rtl === true,
  };
}

function fromHtml(
  hub: Hub,
  { message, uploads, isDraft = false }: RichRequest,
  files: StoredFile[],
) {
  const media = new Map((message.media ?? []).map(({ id, media: each }) => [id, each]));
  if (media.size < (message.media ?? []).length)
    throw badRequest('media identifiers must be unique');
  if ([...media.keys()].some((id) => !/^[\w-]{1,64}$/.test(id))) {
    throw badRequest('media identifier is invalid');
  }
  try {
    const tree = parseRichTree(message.html ?? '');
    const context: BlockContext = {
      isDraft,
      references: new Set(referencesIn(tree)),
      findUser: (id) => hub.world.users.get(id) ?? null,
      mediumOf(source, hasSpoiler) {
        const [, type, id = ''] =
          /^tg:\/\/(photo|video|document|audio)\?id=(.*)$/.exec(source) ?? [];
        if (type === undefined) throw badRequest('failed to get HTTP URL content');
        const medium = media.get(id);
        if (!medium)
          throw badRequest(`media with identifier "${id}" not found in the rich message`);
        if (type !== 'photo') throw new Error(`the fake knows no ${type}, photos only`);
        if (medium.type !== 'photo') throw badRequest(`media "${id}" is no photo`);
        return photoBlock(hub, { reference: medium.media, hasSpoiler, uploads, files });
      },
    };
    return blocksOf(tree, context);
  } catch (error) {
    throw error instanceof TelegramHtmlError ? new Refused(400, error.message) : error;
  }
}

function referencesIn(nodes: readonly Node[]): string[] {
  const elements = nodes.filter((node): node is Element => isElement(node));
  return elements.flatMap(({ tag, attributes, children }) => [
    ...(tag === 'tg-reference' ? [attributes.get('name') ?? ''] : []),
    ...referencesIn(children),
  ]);
}

type Photo = {
  readonly reference: string;
  readonly hasSpoiler: boolean;
  readonly uploads: Uploads;
  readonly files: StoredFile[];
};

function photoBlock(hub: Hub, { reference, hasSpoiler, uploads, files }: Photo): RichBlock {
  const file = hub.files.photoOf(reference, uploads);
  files.push(file);
  return { type: 'photo', photo: photoSizesOf(file), ...(hasSpoiler ? { has_spoiler: true } : {}) };
}

/** Blocks as they were sent, with photos and labels as the server fills them in. */
function fromBlocks(hub: Hub, request: RichRequest, files: StoredFile[]): RichBlock[] {
  const { message, uploads, isDraft = false } = request;
  const fill = (block: InputRichBlock<string>): RichBlock => {
    switch (block.type) {
      case 'photo': {
        const { media: reference, has_spoiler: hasSpoiler = false } = block.photo;
        const photo = photoBlock(hub, { reference, hasSpoiler, uploads, files });
        return { ...photo, ...(block.caption ? { caption: block.caption } : {}) } as RichBlock;
      }
      case 'list':
        return {
          type: 'list',
          items: block.items.map(({ blocks, ...item }) => ({
            label: item.value === undefined ? '•' : `${item.value}.`,
            ...item,
            blocks: blocks.map(fill),
          })),
        };
      case 'blockquote':
      case 'details':
      case 'collage':
      case 'slideshow':
        return { ...block, blocks: block.blocks.map(fill) };
      case 'thinking':
        if (!isDraft) throw badRequest('block "thinking" is for drafts only');
        return block;
      case 'animation':
      case 'audio':
      case 'document':
      case 'video':
      case 'voice_note':
        throw new Error(`the fake knows no ${block.type}, photos only`);
      case 'map':
        return { ...block, zoom: Math.min(Math.max(block.zoom, 13), 20) as 13 };
      default:
        return block;
    }
  };
  return (message.blocks ?? []).map(fill);
}

function buttonsIn(value: unknown): RichMessageButton[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (!(value instanceof Object) || Buffer.isBuffer(value)) return [];
  const { type, button, buttons } = value as { type?: string; button?: unknown; buttons?: unknown };
  if (type === 'button') return [button as RichMessageButton];
  if (type === 'buttons') return buttons as RichMessageButton[];
  return Object.values(value).flatMap(buttonsIn);
}
