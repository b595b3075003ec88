/** What of a report is named in a wish for its sources; `null`: what the answered message shows. */
export type SourcesWish = { readonly written: string | null };

const LINE = String.raw`(?:(?:III\s?\.\s?)?[A-I](?:\s?\.?\s?\d{1,2})?|(?:I{1,3}|IV)(?:\s?\.\s?\d{1,2})?)`;

// English: "show me the posts behind C", "what are the sources of line II.3?", "C's sources"
const NAMED = String.raw`(?:the\s+)?(?:(?:(?:section|part|line|point|fact)\s+)?(?<en>${LINE})|(?:point|line|fact|item|number)\s+(?<number>\d{1,2}))`;
const THIS = String.raw`(?:this|that|it)(?:\s+(?:section|part|line|digest|report))?`;
const POSTS = String.raw`(?:original\s+|underlying\s+)?(?:posts?|tweets?|sources?|citations?|references?)`;
const SHOW = String.raw`(?:(?:please|can\s+you|could\s+you)\s+)?(?:(?:show|give|list|send|get|see)\s+(?:me\s+|us\s+)?|(?:what|which|where)\s+are\s+)?`;
const BEHIND = String.raw`(?:behind|of|for|from|in|under|to)`;
const ALL = String.raw`(?:all\s+)?(?:the\s+)?`;

const ENGLISH: readonly string[] = [
  `${SHOW}${ALL}${POSTS}\\s+(?:are\\s+)?${BEHIND}\\s+(?:${NAMED}|${THIS})`,
  `(?:which|what)\\s+${POSTS}\\s+(?:is|are|stand|lie)\\s+(?:behind\\s+)?(?:${NAMED}|${THIS})(?:\\s+(?:based|built)\\s+on)?`,
  `what\\s+(?:is|are)\\s+(?:${NAMED}|${THIS})\\s+based\\s+on`,
  `${SHOW}(?:${NAMED}['’]s|its)\\s+${POSTS}`,
  `${SHOW}${ALL}${POSTS}(?:\\s+${NAMED})?`,
];

// Chinese: 「C 部分的来源」「III.C.2 引用了哪些帖子」「这部分的出处」
const ZH_PART = String.raw`(?:部分|小节|一?节|一?段|一?条|一?行)`;
const ZH_NAMED = String.raw`(?:第?\s*(?<zh>${LINE})\s*${ZH_PART}?|第\s*(?<nth>\d{1,2})\s*[条点])`;
const ZH_THIS = String.raw`(?:[这该此](?:个|一)?${ZH_PART}?|(?:这|该)(?:份|期)?(?:日报|报告))`;
const ZH_POSTS = String.raw`(?:来源|出处|信源|原帖|原推|原文|帖子|推文|引用)`;
const ZH_SHOW = String.raw`(?:请|麻烦|帮我|给我|能不能|可以)*(?:看看|看一下|看|显示|列出|列一下|展示|给出|查看)?(?:一下|我)?`;

const CHINESE: readonly string[] = [
  `${ZH_SHOW}(?:${ZH_NAMED}|${ZH_THIS})?\\s*(?:背后|所引|所依据|依据|引用)?的?\\s*${ZH_POSTS}(?:是什么|是哪些|有哪些|在哪里?|呢)?`,
  `(?:${ZH_NAMED}|${ZH_THIS})\\s*(?:引用|依据|根据|参考)(?:了|的是)?(?:哪些|什么)${ZH_POSTS}`,
  `(?:${ZH_NAMED}|${ZH_THIS})\\s*(?:出自|来自)(?:哪里|哪儿|哪些?${ZH_POSTS})`,
];

const WISHES = [...ENGLISH, ...CHINESE].map((words) => new RegExp(`^(?:${words})$`, 'iu'));

/** Longer questions ask for something else. Characters. */
const LONGEST = 80;

/**
 * Whether a question asks for nothing but the sources of a section or a line, and of which: that needs no
 * model, and no guessing. `null` for any other question.
 */
export function readSourcesWish(question: string): SourcesWish | null {
  const words = question
    .normalize('NFKC')
    .replace(/\bplease\b[\s,]*/giu, '')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  if (words.length > LONGEST) return null;
  for (const wish of WISHES) {
    const match = wish.exec(words);
    if (match === null) continue;
    const { en, zh, number, nth } = match.groups ?? {};
    return { written: en ?? zh ?? number ?? nth ?? null };
  }
  return null;
}
