import { plainLine, withoutLinks } from '../lib/text.ts';

/**
 * Whether a text says nothing itself: no word is left of it without links, handles and tags, or it only
 * points at something that stands elsewhere ("Read more:", 详情见评论).
 */
export function isPointer(text: string): boolean {
  const words = plainLine(withoutLinks(text).replace(NAMES, ' '))
    .replace(HANDS, ':')
    .replace(PICTURES, ' ')
    .trim();
  return !/[\p{L}\p{N}]/u.test(words) || POINTERS.some((pointer) => pointer.test(words));
}

/** How a repost begins, handles and tags. */
const NAMES = /^RT @\w+:|(?<!\w)@\w+|[#＃][\p{L}\p{N}_]+/gu;
const HANDS = /[👇👉➡⬇]/gu;
const PICTURES = /\p{Extended_Pictographic}/gu;

/** Of these alone, a text says that there is something, and not what. */
const POINTING =
  `read see learn watch listen find check get more full link links detail details source
  sources here via thread article post blog paper video story episode report write-up the it out on in at to
  from of with this our my his her their about below and or now is are for please a an all comment comments
  bio`.split(/\s+/);
const POINTING_HAN =
  `详情 更多 全文 原文 链接 视频 文章 报告 来源 出处 内容 点击 点 查看 阅读 观看 请 可 见 看 戳 在
  此 这里 这 如下 下方 评论区 评论 里 的 完整`.split(/\s+/);

/** With these a sentence begins that sends its reader elsewhere. */
const SENDING =
  '(?:read|see|watch|listen|learn|get|find|check|full|more|link|sign up|register|apply|try|request|join|visit|download)(?![\\p{L}\\p{N}])';

const POINTERS: readonly RegExp[] = [
  new RegExp(`^(?:(?:${POINTING.join('|')})(?![\\p{L}\\p{N}-])[\\s\\p{P}]*){1,12}$`, 'iu'),
  new RegExp(`^(?:(?:${POINTING_HAN.join('|')})[\\s\\p{P}]*){1,10}$`, 'u'),
  // One sentence that sends to what followed: "Watch the full Lumen 7 review:".
  new RegExp(`^${SENDING}(?:[^.!?。！？\\n]|\\.(?=\\S)){0,80}[:：]+$`, 'iu'),
  // Several in a row, of which addresses alone stood between: "See our post: Get Lumen here: Its code:".
  new RegExp(`^${SENDING}(?:[^.!?:。！？：\\n]{1,60}[:：]+\\s*){2,6}$`, 'iu'),
  // "Try it now at", before an address: few words, and no figure among them.
  new RegExp(`^${SENDING}(?:\\s+[\\p{L}'’]+){0,4}\\s+(?:at|here|via)$`, 'iu'),
];
