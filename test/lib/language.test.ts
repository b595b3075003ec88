import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { loadLanguageDetector } from '../../src/lib/language.ts';
import { workMs } from '../support/work.ts';

const detect = await loadLanguageDetector();

describe('the language of a text', () => {
  it.each([
    ['en', 'The new model answers in half the time and costs less than before'],
    ['es', 'El nuevo modelo responde en la mitad del tiempo y cuesta menos que antes'],
    ['fr', 'Le nouveau modèle répond deux fois plus vite et coûte moins cher qu’avant'],
    ['de', 'Das neue Modell antwortet in der halben Zeit und kostet weniger als zuvor'],
    ['pt', 'O novo modelo responde na metade do tempo e custa menos do que antes, não é?'],
    ['ru', 'Новая модель отвечает вдвое быстрее и стоит меньше, чем раньше'],
    ['ar', 'النموذج الجديد يجيب في نصف الوقت ويكلف أقل من ذي قبل'],
    ['zh', '新模型的回答速度快了一倍，价格也更低'],
    ['ja', '新しいモデルは半分の時間で答え、料金も安い'],
    ['ko', '새 모델은 절반의 시간에 답하고 비용도 적게 든다'],
    ['th', 'โมเดลใหม่ตอบเร็วขึ้นสองเท่าและราคาถูกลง'],
    ['he', 'המודל החדש עונה בחצי הזמן ועולה פחות'],
  ])('is told: %s', (language, text) => {
    expect(detect(text)).toBe(language);
  });

  it.each([
    ['zh', 'OpenAI 和 Anthropic 今天都发布了新的 API'],
    ['ja', 'ChatGPTとClaudeを比べてみた'],
  ])('is told in spite of foreign names: %s', (language, text) => {
    expect(detect(text)).toBe(language);
  });

  it.each([[''], ['123 456'], ['🚀🚀🚀'], ['ChatGPT'], ['ok'], ['GPT5 iPhone15 K2']])(
    'is not guessed where there is too little: %j',
    (text) => {
      expect(detect(text)).toBeNull();
    },
  );

  it('is two or three letters or unknown for any text, however long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(detect(text) ?? 'und').toMatch(/^[a-z]{2,3}$/);
      }),
    );
    const started = workMs();
    for (const piece of ['aA1', 'a', 'я ', '文']) detect(piece.repeat(100_000));
    expect(workMs() - started).toBeLessThan(1000);
  });
});
