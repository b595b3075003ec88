import { describe, expect, it } from 'vitest';

import type { Post } from '../../../src/model/post.ts';
import { kinds, post, problems } from './posts.ts';

const namesIn = (line: string, ...posts: readonly (Post | string)[]) =>
  problems(line, ...posts).filter(({ kind }) => kind === 'name');

describe('a name', () => {
  it.each([
    ['谷歌与微软合作', 'Google works with Microsoft'],
    ['Tencent and Alibaba agreed', '腾讯和阿里巴巴达成一致'],
    ['奥特曼与马斯克', 'Altman and Musk'],
    ['英伟达来到旧金山', 'NVIDIA comes to SF'],
    ['DeepSeek 更新', '深度求索更新'],
    ['Open AI 的模型', '@openai made a model'],
    ['Anthropic 的模型', 'Claude made it'],
    ['Hugging Face 开放', 'on huggingface now'],
  ])('is known in two scripts: %s = %s', (line, text) => {
    expect(namesIn(line, text)).toEqual([]);
  });

  it.each([
    ['谷歌与腾讯合作', 'Google works with Microsoft'],
    ['Alibaba agreed', '腾讯达成一致'],
    ['Ferro Robotics 的 Kip', 'Kip by Lumen Labs'],
    ['A lamp by Gustav Lindqvist', 'A lamp by Mira'],
    ['据 @kofi_demo 说', 'a lamp'],
    ['Lumen v0.22', 'Lumen v0.9.3 now available'],
    ['Lumen-5.4 上线', 'Lumen-5.5 is live'],
    ['Lumen 0.15.0 adds a clock', 'Lumen 0.14.0 adds a clock'],
  ])('is found out: %s against %s', (line, text) => {
    expect(namesIn(line, text)).not.toEqual([]);
  });

  it('may be the author’s: handle, shown name, bio, or either name alone', () => {
    const by = post('a lamp', {
      author: 'gustavlind',
      authorName: 'G. Lind',
      authorBio: 'CEO of Ferro',
    });
    for (const line of ['Gustav Lind 的灯', 'Lind 的灯', 'Ferro 的灯', 'A lamp by Gustav']) {
      expect([line, namesIn(line, by)]).toEqual([line, []]);
    }
  });

  it('may be a handle with letters left out', () => {
    expect(namesIn('Sigrid Halvorsen 造的灯', 'a lamp by @HalvrsnSigrid')).toEqual([]);
    expect(namesIn('Sigrid Bergman 造的灯', 'a lamp by @HalvrsnSigrid')).not.toEqual([]);
  });

  it('is no word that only begins a sentence or a headline', () => {
    const text = 'new lamp from Ferro with a dimmer, sold in harbours';
    for (const line of [
      'Investors like the lamp. Harbours buy it.',
      'Angel investor likes the lamp',
      'New Lamp Brings Brighter Harbours – it has a dimmer',
      'The CEO called it an AI lamp on Friday',
      'It is popular with non-US harbours',
    ]) {
      expect([line, namesIn(line, text)]).toEqual([line, []]);
    }
  });

  it('is not seen in a Chinese word that holds it', () => {
    expect(namesIn('提高通过率', 'a higher pass rate')).toEqual([]);
  });
});

describe('who said it', () => {
  it('is an author', () => {
    expect(namesIn('Mira Vessel 表示灯很亮', 'the lamp is bright')).toEqual([]);
  });

  it('is not somebody whom the post only names', () => {
    const text = 'the lamp is bright. thanks to my friend Sigrid Halvorsen';
    expect(namesIn('Sigrid Halvorsen 表示灯很亮', text)).not.toEqual([]);
    expect(namesIn('Sigrid Halvorsen said the lamp is bright', text)).not.toEqual([]);
    expect(namesIn('Mira Vessel thanked Sigrid Halvorsen', text)).toEqual([]);
  });

  it('is not whoever comes after “said”', () => {
    const text = 'the lamp of Sigrid Halvorsen is bright';
    expect(namesIn('Mira Vessel said Sigrid Halvorsen has a bright lamp', text)).toEqual([]);
  });

  it('may be somebody whom the post lets speak', () => {
    const text = 'Sigrid Halvorsen told me that the lamp is bright';
    expect(namesIn('Sigrid Halvorsen 认为灯很亮', text)).toEqual([]);
  });

  it('may be a company whose post it is', () => {
    const own = post('the lamp is out', { author: 'ferro', authorName: 'Ferro' });
    expect(namesIn('Ferro 宣布推出灯', own)).toEqual([]);
  });
});

describe('names in each other’s place', () => {
  it('are caught in pairs', () => {
    const text = 'Shops like Ferro (Kip), Lumen (Glow) and others build lamps';
    expect(namesIn('Lumen built a lamp called Kip and Ferro one called Glow', text)).not.toEqual(
      [],
    );
    expect(namesIn('Ferro built a lamp called Kip and Lumen one called Glow', text)).toEqual([]);
    expect(namesIn('Ferro 有 Kip，Lumen 有 Glow', text)).toEqual([]);
  });

  it('are caught in moves and purchases', () => {
    const moved = 'Import your Ferro or Glow lamps to Lumen with a click';
    expect(namesIn('可以把 Ferro 或 Lumen 的灯搬过去', moved)).not.toEqual([]);
    expect(namesIn('可以把 Ferro 或 Glow 的灯导入 Lumen', moved)).toEqual([]);
    expect(namesIn('Ferro acquired Lumen', 'Lumen has acquired Ferro')).not.toEqual([]);
    expect(namesIn('Ferro 被 Lumen 收购', 'Lumen has acquired Ferro')).toEqual([]);
  });
});

describe('quoted words', () => {
  it('stand in a post, whatever their case and marks', () => {
    expect(kinds('Mira：“It is BRIGHT – really”', 'it is bright, really.')).toEqual([]);
    expect(kinds('Mira 说“it is … bright”', 'it is very, very bright')).toEqual([]);
  });

  it('are found out when no post has them', () => {
    expect(kinds('Mira：“it is dark”', 'it is bright')).toContain('quotation');
    expect(kinds('Mira：「灯很暗」', '灯很亮')).toContain('quotation');
  });

  it('may be a translation', () => {
    expect(kinds('Mira 说“灯很亮”', 'the lamp is bright')).toEqual([]);
  });
});
