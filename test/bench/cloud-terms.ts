import type { Term } from '../../src/cloud/terms.ts';
import { pick, type Random, randomFrom } from '../support/random.ts';

const ONSETS = [
  'b',
  'br',
  'c',
  'd',
  'f',
  'g',
  'gr',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'st',
  't',
  'v',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea'];
const CODAS = ['', '', 'n', 'r', 's', 't', 'l', 'x'];
const HAN = Array.from(
  '大模型开源人工智能推理芯片机器智体算力训练融资数据医疗代码论文产品发布语言视觉安全评测部署应用搜索',
);

/** So many invented terms, half of them Chinese, whose counts fall as those of real days do. */
export function makeTerms(count: number, seed = 7): Term[] {
  const random = randomFrom(seed);
  const texts = new Set<string>();
  for (let index = 0; texts.size < count; index += 1) {
    texts.add(index % 2 === 0 ? latinTerm(random) : hanTerm(random));
  }
  return [...texts].map((text, rank) => ({
    text,
    count: Math.ceil(300 / (rank + 1.5) ** 0.65),
    theme: rank % 7,
  }));
}

function latinTerm(random: Random): string {
  const word = () =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      [pick(ONSETS, random), pick(VOWELS, random), pick(CODAS, random)].join(''),
    ).join('');
  const first = word();
  const kind = random();
  if (kind < 0.15) return `${capital(first)} ${capital(word())}`;
  if (kind < 0.25) return `${capital(first)}-${Math.floor(random() * 90 + 10) / 10}`;
  return kind < 0.5 ? capital(first) : first;
}

function hanTerm(random: Random): string {
  return Array.from({ length: 2 + Math.floor(random() * 4) }, () => pick(HAN, random)).join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
