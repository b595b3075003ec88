import { authorsIn } from './wanted.ts';

/** Whose words a question asks for, and of whom it asks what others say; names folded (see `foldName`). */
export type Voices = { readonly speakers: readonly string[]; readonly subjects: readonly string[] };

const SAY =
  '(?:say|said|says|saying|think|thinks|thought|thinking|feel|feels|felt|see|sees|post|posts|posted|posting|tweet|tweets|tweeted|tweeting|write|writes|wrote|written|writing|argue|argues|argued|arguing|claim|claims|claimed|claiming|mention|mentions|mentioned|announce|announces|announced|announcing|share|shares|shared|sharing|tell|tells|told|believe|believes|believed|predict|predicts|predicted|predicting|recommend|recommends|recommended|suggest|suggests|suggested|advise|advises|advised|warn|warns|warned|complain|complains|complained|joke|joked|respond|responds|responded|reply|replied|react|reacts|reacted|explain|explains|explained|describe|describes|described|talk|talks|talked|talking)';
const VIEW =
  '(?:opinions?|takes?|views?|thoughts|stance|position|reaction|reply|response|predictions?|advice|posts?|tweets?|words|comments?|argument)';
const JUDGE =
  '(?:critici[sz]\\w*|attack\\w*|prais\\w*|defend\\w*|mock\\w*|mak\\w+ fun|disagree\\w*|agree\\w*|complain\\w*|thank\\w*|congratulat\\w*|call\\w* out)';

const OTHERS =
  '(?:who|anyone|anybody|people|ppl|others|everyone|everybody|users|folks|critics|somebody|someone|they)';

/** Where people of whom words are asked stand, in English. */
const BY: readonly RegExp[] = [
  new RegExp(
    `\\b(?:did|does|do|has|have|had|is|was|are|were|would|will|what['’]?s)(?:n['’]?t)?\\s+(?<who>[^?.!,;]{1,40}?)\\s+(?:(?:been|really|actually|just|ever|even|also|recently|personally|have|to)\\s+)*${SAY}\\b`,
    'iu',
  ),
  new RegExp(
    `(?<who>[@\\p{L}\\d_.-]+(?: \\p{L}[\\p{L}_.-]*)?)['’]s?\\s+(?:\\p{L}+\\s+)?${VIEW}\\b`,
    'iu',
  ),
  /\baccording to (?<who>[@\p{L}\d_.-]+(?: \p{Lu}[\p{L}_.-]*)?)/iu,
  new RegExp(
    `\\b(?:${VIEW}|latest|news|anything) (?:of|by|from) (?<who>[@\\p{L}\\d_.-]+(?: \\p{Lu}[\\p{L}_.-]*)?)`,
    'iu',
  ),
  new RegExp(
    `\\b(?:what|why|how|that|whether|if|everything|anything|something|where|when)\\s+(?<who>[@\\p{L}\\d_.-]+(?: [\\p{L}_.-]+)?)\\s+${SAY}\\b`,
    'iu',
  ),
];

/** Where those stand of whom it is asked what others say, in English. */
const ABOUT: readonly RegExp[] = [
  new RegExp(
    `\\b${OTHERS}\\b[^?.!]{0,30}?\\b(?:${SAY}\\s+(?:\\w+\\s+){0,2}(?:about|of|on|to|at)|${JUDGE}(?: of| with| at| to| about| out)?)\\s+(?<whom>.{1,40})`,
    'iu',
  ),
  new RegExp(
    `\\b(?:opinions?|takes?|views?|thoughts|comments?|reactions|replies|responses|criticism|backlash|praise|jokes?) (?:on|about|to|of|for|against) (?<whom>.{1,40})`,
    'iu',
  ),
];

/** What only others give, though it stands beside a name. */
const OF_OTHERS =
  /(?<!['’]s? )\b(?:reactions|replies|responses|criticism|backlash|praise) (?:to|of|against|for)\b/iu;

/** Those of whom nobody is one author. */
const ANYBODY =
  /\b(?:who|anyone|anybody|people|ppl|others|everyone|everybody|users|folks|critics|somebody|someone|they|we|you|i|it|he|she|this|that|there)\b|谁|大家|网友|别人|其他人|有人|人们|业内|外界|哪些人|众人|网上|圈内|推上|哪位|用户/iu;

const SAY_HAN =
  '(?:(?:是|又|都|还|也|曾|曾经|最近|昨天|今天|前天|这周|上周|本人|自己|老师|大佬|大神|到底|究竟|有没有|有|之前|刚刚|刚)*(?:怎么|咋|如何)?(?:说|看|想|讲|认为|觉得|评价|评论|发|聊|提|表示|推荐|建议|预测|吐槽|批评|透露|宣布|回应|看好|分享|写)|的?(?:看法|观点|态度|立场|反应|意见|评价|推文|帖子))';
const BY_HAN = new RegExp(`^(?<who>.{2,24}?)(?:(?:对于|对|就|关于).{1,40}?)?${SAY_HAN}`, 'u');
const ABOUT_HAN: readonly RegExp[] = [
  /(?:谁|大家|网友|别人|其他人|有人|人们|业内|外界|哪些人|众人|网上|圈内|推上|用户)(?:.{0,4}?对|.{0,6}?(?:评价|批评|怼|骂|吐槽|夸|讨论|议论|质疑|反驳|支持|反对|嘲|看))(?<whom>.{1,20})/u,
  /^(?<whom>.{1,20}?)(?:大家|网友|别人|其他人|业内|外界).{0,4}?(?:怎么|咋|如何)/u,
  /^(?:对|关于)(?<whom>.{1,20}?)的(?:评价|批评|看法|质疑)/u,
];

/**
 * Reads from the way of asking whether somebody's own words are asked for ("what did X say", "X 怎么看")
 * or those of others about them ("who criticised X", "大家怎么看 X").
 */
export function voicesIn(question: string): Voices {
  const clauses = question.normalize('NFKC').split(/[?!,;，。？！；：、\n]|\.\s/u);
  const isOfOthers = clauses.some((clause) => OF_OTHERS.test(clause));
  const speakers = new Set(isOfOthers ? [] : clauses.flatMap(speakersIn));
  if (speakers.size > 0) return { speakers: [...speakers], subjects: [] };
  return { speakers: [], subjects: [...new Set(clauses.flatMap(subjectsIn))] };
}

function subjectsIn(clause: string): string[] {
  return [...ABOUT, ...ABOUT_HAN].flatMap((way) => {
    const whom = way.exec(clause)?.groups?.['whom'];
    return whom === undefined ? [] : authorsIn(whom);
  });
}

function speakersIn(clause: string): string[] {
  for (const way of [...BY, BY_HAN]) {
    const who = way.exec(clause)?.groups?.['who'];
    if (who === undefined || ANYBODY.test(who)) continue;
    const names = authorsIn(who);
    if (names.length > 0) return names;
  }
  return [];
}
