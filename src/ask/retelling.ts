import type { Day } from '../model/window.ts';
import { daysIn } from './days.ts';
import { addressOf, sectionsIn } from './sections.ts';

/** What is wished for: to sum up what stands there, or to say it in another language. */
type Retelling = 'summary' | 'translation';

const WAYS: readonly (readonly [Retelling, RegExp])[] = [
  ['translation', /\btranslat(?:e|ion)s?\b|翻译|翻譯|译成|译为/iu],
  [
    'summary',
    /\bsummari[sz](?:e|ing)\b|\bsum(?: (?:it|this|that))? up\b|\b(?:summary|recap|condense|shorten)\b|\btl;?dr\b|总结|總結|概括|归纳|歸納|概述|小结/iu,
  ],
];

/** Into which language. */
const INTO =
  /\b(?:in|into|to) \p{L}+(?=\W*$)|(?:成|为|到|用)?(?:[中英日韩法德俄]|西班牙)[文语語]/giu;

/** What may stand beside such a wish that says nothing of what it is about: whatever else does is looked for. */
const BESIDE = new Set(
  `please s can could would will you u i want need like have me my us for the a an of on in to with this that it
  these those all everything whole entire section sections part parts chapter line item point points post
  posts one ones answer digest report news day days do make give show get main key top word words sentence
  sentences two three few some short shortly brief briefly quick quickly now just again so ok and what was is
  there above last previous first second third fourth fifth number no here happened down`.split(
    /\s+/,
  ),
);
const BESIDE_HAN =
  /^(?:请|麻烦|帮|给|我|你|能|不|可以|把|将|对|做|个|[一二两三四五六七八九十]|下|来|这|那|该|此|上面|以上|以下|部分|部份|板块|章节|小节|段|节|条|点|项|篇|全部|全文|整个|内容|日报|日報|报告|简报|新闻|消息|要点|重点|的|了|吧|吗|呢|啊|呀|第|几|句|话|用|简单|简短|简要|帖子|推文|主要|所有|成|为)+$/u;

/** A section named by its letter alone; at the beginning "A" is an article. */
const LONE =
  /(?:(?<![\w.])(?<section>[B-H])|(?<=\S.*)(?<![\w.])(?:(?<section>A)|(?<part>II|III|IV)))(?:\.?(?<number>\d{1,2}))?(?![\w.]*\w)/u;

/**
 * Reads a message that wants nothing but that what stands there be told in other words ("summarise C",
 * 「翻译这部分」): no passage does that. What somebody said of a thing, summed up, is a question.
 */
export function retellingIn(
  question: string,
  today: Day,
): { readonly kind: Retelling; readonly sections: readonly string[] } | null {
  const { sections, rest } = sectionsIn(daysIn(question.normalize('NFKC'), today).rest);
  const found = WAYS.find(([, way]) => way.test(rest));
  if (found === undefined) return null;
  const [kind, way] = found;
  const lone = LONE.exec(rest);
  const unaddressed = lone === null ? rest : rest.replace(lone[0], ' ');
  const left = kind === 'translation' ? unaddressed.replace(INTO, ' ') : unaddressed;
  const words = left.replace(way, ' ').match(/\p{Script=Han}+|[\p{L}\p{M}]+/gu) ?? [];
  const isBeside = (word: string) => BESIDE.has(word.toLowerCase()) || BESIDE_HAN.test(word);
  if (!words.every((word) => isBeside(word))) return null;
  const named = lone?.groups ? [addressOf(lone.groups)] : [];
  return { kind, sections: [...sections, ...named] };
}
