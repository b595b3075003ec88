import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { loadLanguageDetector } from '../../src/lib/language.ts';
import { isWrittenIn } from '../../src/lib/written-in.ts';
import { workMs } from '../support/work.ts';

const detect = await loadLanguageDetector();

/** Invented lines as a report has them, by the language that they are in. */
const LINES: readonly (readonly [language: string, text: string])[] = [
  ['en', 'Lumen Labs cut the price of its model by 20% and doubled the context window.'],
  ['en', 'Mira (@mira_demo) says that Claude Code found a race in her 380,000-token codebase.'],
  ['en', 'Moonshot AI (月之暗面) released Kimi K2 and wrote that 「模型」 is the word for model.'],
  ['zh', 'Lumen Labs 将模型价格下调 20%，上下文翻了一倍。'],
  ['zh', 'Claude Code、GPT-5.5、OpenAI 和 Gemini 今天同时更新了价格表'],
  ['zh', '多位开发者用 agent 写 prompt，抱怨 token 消耗太快：“the bill was more than the rent”。'],
  ['zh', '《ドラえもん》的授权方起诉了一家图像模型公司'],
  ['zh-Hant', 'Lumen Labs 將模型價格下調 20%，開發者說這對他們的產品很重要。'],
  ['ja', 'Lumen Labsは新しいモデルの料金を20%引き下げ、文脈長を倍にした。'],
  ['ja', 'Claude CodeとGPT-5.5を比べた開発者が、速度の差を報告している。'],
  ['ko', 'Lumen Labs가 새 모델의 가격을 20% 내리고 문맥 길이를 두 배로 늘렸다.'],
  [
    'de',
    'Lumen Labs senkt den Preis des Modells um ein Fünftel und verdoppelt das Kontextfenster.',
  ],
  ['fr', 'Lumen Labs baisse le prix de son modèle de 20 % et double la taille du contexte.'],
  ['es', 'Lumen Labs baja un 20 % el precio de su modelo y duplica la ventana de contexto.'],
  [
    'pt-BR',
    'A Lumen Labs reduziu em 20% o preço do modelo e dobrou a janela de contexto, não é pouco.',
  ],
  ['ru', 'Lumen Labs снизила цену своей модели на 20% и вдвое увеличила окно контекста.'],
  ['ru', 'Anthropic снизила цены на Claude на 20% для всех клиентов'],
  ['ar', 'خفضت Lumen Labs سعر نموذجها بنسبة عشرين في المئة وضاعفت نافذة السياق.'],
  ['hi', 'Lumen Labs ने अपने मॉडल की कीमत बीस प्रतिशत घटाई और संदर्भ दोगुना किया।'],
  ['th', 'Lumen Labs ลดราคาโมเดลลงร้อยละยี่สิบและเพิ่มบริบทเป็นสองเท่า'],
];

const languages = [...new Set(LINES.map(([language]) => language))];
const others = LINES.flatMap(([language, text]) =>
  languages
    .filter((other) => other.slice(0, 2) !== language.slice(0, 2))
    .map((other) => [other, text] as const),
);

describe('a line of a report', () => {
  it.each(LINES)('is in its language: %s, %s', (language, text) => {
    expect(isWrittenIn(text, language, detect)).toBe(true);
  });

  it.each(others)('is not in another: %s, %s', (language, text) => {
    expect(isWrittenIn(text, language, detect)).toBe(false);
  });

  it.each([
    ['zh', 'The new 模型 is out today for everyone'],
    ['zh', 'Lumen Labs Ships The New Model With Bigger Context Window'],
    ['zh-Hant', 'An English sentence with 「模型」 in it'],
    ['ja', '新模型价格下调'],
    ['ja', '新語言模型價格大幅度下調二成'],
    ['ko', '新模型价格下调'],
    ['en', 'Lumen 发布了新模型'],
    ['zh-Hant', '这家公司说，新模型的价格对开发者很重要'],
    ['zh-TW', '这家公司说，新模型的价格对开发者很重要'],
    ['zh-Hans', '這家公司說，新模型的價格對開發者很重要'],
    ['sw', 'The company says that the price of the model was cut by a fifth'],
  ])('is not in %s: %s', (language, text) => {
    expect(isWrittenIn(text, language, detect)).toBe(false);
  });

  it.each([
    ['zh', 'Claude Code'],
    ['zh', 'vibe coding'],
    ['zh', 'Lumen 7 vs Kimi K2'],
    ['zh', '這家公司說，新模型的價格對開發者很重要'],
    ['yue', '呢間公司話新模型平咗兩成'],
    ['ja', '価格改定'],
    ['ja', 'OpenAI'],
    ['de', 'Open Source'],
    ['en', 'déjà vu'],
    ['en', '20%'],
    ['en', ''],
    ['nb', 'Selskapet sier at prisen på modellen er satt ned med en femtedel siden i fjor'],
    ['id', 'Perusahaan itu mengatakan bahwa harga model tersebut turun seperlima sejak tahun lalu'],
    ['sr-Latn', 'Kompanija kaže da je cena modela od prošle godine smanjena za petinu'],
    ['xx', 'The company says that the price of the model was cut by a fifth'],
    ['no tag', 'The company says that the price of the model was cut by a fifth'],
  ])('passes where it is not sure: %s, %s', (language, text) => {
    expect(isWrittenIn(text, language, detect)).toBe(true);
  });

  it('is judged in any language without failing, in time', () => {
    const language = fc.oneof(fc.constantFrom(...languages, 'yue', 'ase', 'de-Brai'), fc.string());
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...LINES).map(String));
    fc.assert(
      fc.property(fc.array(piece), language, (pieces, tag) => {
        expect(typeof isWrittenIn(pieces.join(' '), tag, detect)).toBe('boolean');
      }),
    );
    const started = workMs();
    for (const part of ['a', 'aA1', 'a ', '“', '@', "a'", 'www.', '文', '.a', '-']) {
      isWrittenIn(part.repeat(100_000), 'en', detect);
      isWrittenIn(part.repeat(100_000), 'zh', detect);
    }
    expect(workMs() - started).toBeLessThan(1000);
  });
});
