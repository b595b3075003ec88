import type { Problem } from '../../model/verdict.ts';
import { clausesOf, sentencesOf } from './clauses.ts';
import type { Ground } from './ground.ts';
import { type Content, contentsOf, isFound, vocabularyOf } from './likeness.ts';

/** Suspicions that a line is surer than its posts, or says more than they do. */
export function overstatements(words: string, ground: Ground): Problem[] {
  return [...lostHedges(words, ground), ...newAbsolutes(words, ground)].map((what) => ({
    kind: 'overstated',
    what,
  }));
}

/** Words by which a post says that it does not know. */
const GUESS =
  /\b(?:suspect(?:s|ed)?|wonder(?:s|ed|ing)?|hopefully|hoping|i hope|maybe|perhaps|might|possibly|presumably|rumou?r(?:s|ed)?|allegedly|reportedly|supposedly|speculat\w+|my guess|i guess|i bet|not sure|unsure|unclear|not (?:yet )?final|not confirmed|unconfirmed|tentative(?:ly)?|tbd|would be \w+ if|what if|curious (?:if|whether)|no idea)\b|可能|也许|或许|希望|猜测|怀疑|推测|估计|据说|传闻|大概|好像|似乎|不确定|未定/iu;

/** Words that make it less than a fact; a line may leave them out unless it says how sure it is. */
const RESERVE =
  /\b(?:could|would|likely|probably|seems?|seemingly|appears?|looks like|feels like|in some cases|sometimes|should|expect(?:s|ed|ing)?|may(?! \d)|aim(?:s|ing)? to|plan(?:s|ning)? to|working on|trying to|almost|partially|limited)\b|有时|计划|打算|预计|应该|或将|有望/iu;

/** Words by which a line keeps that reserve, or leaves a claim with whoever made it. */
const HEDGED =
  /\b(?:suspect\w*|wonder\w*|hope\w*|hoping|maybe|perhaps|may(?! \d)|might|could|would|possibl[ey]|probabl[ey]|likely|seem\w*|appear\w*|guess\w*|speculat\w*|rumou?r\w*|alleged\w*|reported(?:ly)?|unclear|unsure|not sure|uncertain\w*|unconfirmed|tentative\w*|not (?:yet )?(?:final|confirmed|certain)|expect\w*|predict\w*|believ\w+|bets?|jok\w+|mus\w+|imagin\w+|suggest\w*|propos\w+|question\w*|ask\w*|if|whether|plan\w*|aim\w*|set to|in some cases|some cases|sometimes)\b|可能|也许|或许|希望|猜测|猜想|怀疑|推测|估计|预计|预期|预测|据说|传闻|大概|好像|似乎|看来|看似|不确定|未定|尚未|未必|不一定|有望|或将|若|如果|假如|一旦|是否|能否|设想|调侃|玩笑|打趣|提议|建议|计划|打算|倾向|像是|有时|想知道|追问|询问|发问|反问/iu;

/** Words by which a line says that something is settled. */
const SURE =
  /\b(?:confirm(?:s|ed)?|announc(?:es|ed)|prov(?:es|ed|en)|will|definitely|certainly|guarantee[sd]?|always|never|has (?:already )?(?:been|launched|shipped|released)|officially)\b|确认|证实|宣布|证明|确定|必将|必然|肯定|正式|已经|已(?=[^知有]\p{Script=Han})|将(?!近|来|军)|一定/iu;

/** Hedges of the sentences that a line retells, where it keeps none. */
function lostHedges(words: string, ground: Ground): string[] {
  if (HEDGED.test(words)) return [];
  const sure = SURE.exec(words)?.[0];
  const told = retold(words, ground);
  if (told === null) return [];
  const guess = GUESS.exec(told)?.[0];
  if (guess !== undefined) return [sure ?? guess];
  return sure !== undefined && RESERVE.test(told) ? [sure] : [];
}

/** A sentence is retold when so many words of the line stand in it. */
const LEAST = 1.5;
/** Shorter sentences are exclamations. */
const SHORTEST = 6;

/** The sentence of the posts in which most of a line's words stand; the only one where it is alone. */
function retold(words: string, { sources }: Ground): string | null {
  const sentences = sources
    .flatMap(({ text }) => sentencesOf(text))
    .map(({ text }) => text)
    .filter((text) => text.trim().length >= SHORTEST);
  const [only, second] = sentences;
  if (only !== undefined && second === undefined) return only;
  const contents = contentsOf(words);
  let best: { text: string | null; fit: number } = { text: null, fit: LEAST };
  for (const text of sentences.slice(0, MOST)) {
    const fit = fitOf(contents, text);
    if (fit > best.fit || (best.text === null && fit >= LEAST)) best = { text, fit };
  }
  return best.text;
}

/** More sentences than a long post has. */
const MOST = 200;

function fitOf(contents: readonly Content[], text: string): number {
  const vocabulary = vocabularyOf(text);
  return contents.reduce(
    (sum, content) => sum + (isFound(content, vocabulary) ? content.weight : 0),
    0,
  );
}

/** Words for the first, the only, all and the most, with what must stand in a post for each. */
const ABSOLUTES: readonly (readonly [claim: RegExp, grounds: RegExp])[] = [
  [
    /\b(?:the|its|their|his|her|world's) first\b(?! (?:half|quarter|step|time|thing|day|week|month|year))|\bfirst-ever\b|首次|首个|首款|首家|首位|首创|第一家|第一款/iu,
    /\bfirst\b|\bnever (?:before|seen)\b|\bdebut|首|第一|\b1st\b|\binaugural|\bpioneer|\bintroduc|\bnew\b/iu,
  ],
  [
    /\bthe only\b|\bsolely\b|\bexclusively\b|唯一|独家/iu,
    /\bonly\b|\bsole|\bexclusiv|\bjust\b|\bno (?:other|one)\b|\bnothing else\b|\bnone\b|唯一|独家|只有|只|仅/iu,
  ],
  [
    /\ball (?:of )?(?:the |its |their |\d)?[a-z]+s\b|\bevery(?:one|body| [a-z]+)\b|\bentirely\b|\bcompletely\b|所有|全部|一切|全体|人人/iu,
    /\ball\b|\bevery|\beach\b|\bany|\bwhole|\bentire|\bcomplete|\bfull|\balways\b|\b100 ?%|\ball-|\bacross\b|\bnone\b|\bno\b|所有|全|一切|都|每|整个|任何|\beverywhere\b|\bglobal|\bgeneral|\buniversal|\bboth\b|\bend.to.end/iu,
  ],
  [
    /\bthe (?:best|worst|largest|biggest|fastest|smartest|most|strongest|highest|lowest|cheapest)\b|最(?![近后终新初多少低早])(?=\p{Script=Han})/iu,
    /\b(?:best|worst|most|least|top|leading|greatest|ever|never|#1|no\. ?1|unmatched|beats?|record|state.of.the.art|sota|peak|super|insane\w*|incredibl\w*|crazy|craziest|\w{3,}est|main|key|primary|single|frontier|ultimate|max\w*|minim\w*|core|favou?rite|prime|preeminent|very|too|by far|goats?)\b|最|顶级|第一/iu,
  ],
];

/** The first absolute word of each kind that no post has any word for. */
function newAbsolutes(words: string, ground: Ground): string[] {
  const outside = clausesOf(words)
    .filter(({ text }) => !/帖|本报|数据中|据此/u.test(text))
    .map(({ text }) => text)
    .join('\n')
    .replace(/[“"「『][^”"」』]{0,300}[”"」』]/gu, ' ');
  return ABSOLUTES.flatMap(([claim, grounds]) => {
    const said = claim.exec(outside)?.[0];
    return said === undefined || grounds.test(ground.words) ? [] : [said];
  });
}
