/** A day of a year, or a month of it, that a text names. */
export type NamedDate = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** 1 to 12. */
  readonly month: number;
  /** `null` where only the month is told. */
  readonly day: number | null;
  /** Might be something else: 4-6, 5/19. */
  readonly isDoubtful: boolean;
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const DAY = '(?:3[01]|[12]\\d|0?[1-9])';
const ORDINAL = '(?:st|nd|rd|th)?';
const TO = ' ?(?:-|–|—|~|to|through|and|&|至|到|和|、) ?';

const DATE = new RegExp(
  [
    `(?<!\\d)(?<year>20\\d\\d)[-/.](?<isoMonth>0?[1-9]|1[0-2])[-/.](?<isoDay>${DAY})(?!\\d|\\.\\d)`,
    `\\b(?<month>${MONTH})\\.? (?:the )?(?<day>${DAY})${ORDINAL}(?!\\d|\\.\\d|%|,\\d{3})(?:${TO}(?<last>${DAY})${ORDINAL}(?!\\d|\\.\\d|[%:]))?`,
    `(?<![\\d.])(?<dayFirst>${DAY})${ORDINAL}(?: of)? (?<monthAfter>${MONTH})\\b`,
    `(?<!\\d)(?<cnMonth>1[0-2]|0?[1-9]) ?月 ?(?<cnDay>${DAY})(?!\\d)(?: ?[日号])?(?:${TO}(?<cnLast>${DAY}) ?[日号])?`,
    '(?<!\\d)(?<cnMonthOnly>1[0-2]|0?[1-9]) ?月(?! ?\\d)',
    `(?<![\\d.$/-])(?<plainMonth>1[0-2]|0?[1-9])[-/](?<plainDay>${DAY})(?!\\d|\\.\\d|[%/-]| ?(?:[xX×%]|倍|万|亿))`,
    `\\b(?<monthOnly>January|February|March|April|June|July|August|September|October|November|December|(?<=(?:in|since|last|next|this|until|by|of|from) )May)\\b`,
  ].join('|'),
  'giu',
);

/** The days and months that a text names, in order. */
export function datesIn(text: string): NamedDate[] {
  return [...text.matchAll(DATE)].flatMap((match) => {
    const groups = match.groups ?? {};
    const month = readMonth(groups);
    const days = [
      groups['isoDay'] ??
        groups['day'] ??
        groups['dayFirst'] ??
        groups['cnDay'] ??
        groups['plainDay'],
      groups['last'] ?? groups['cnLast'],
    ].filter((day) => day !== undefined);
    const date = {
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
      month,
      isDoubtful: groups['plainMonth'] !== undefined,
    };
    const told = days.length === 0 ? [null] : days.map(Number);
    return told.map((day) => ({ ...date, day }));
  });
}

function readMonth(groups: Readonly<Record<string, string | undefined>>): number {
  const digits =
    groups['isoMonth'] ?? groups['cnMonth'] ?? groups['cnMonthOnly'] ?? groups['plainMonth'];
  if (digits !== undefined) return Number(digits);
  const name = groups['month'] ?? groups['monthAfter'] ?? groups['monthOnly'] ?? '';
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

const WEEKDAYS =
  /\b(sun|mon|tue|wed|thu|fri|sat)(?:s|nes|rs|ur)?(?:day)?\b|(?:周|星期|礼拜)([日天一二三四五六])/giu;
const ENGLISH_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const CHINESE_DAYS = '日一二三四五六';
const NEAR: readonly (readonly [RegExp, number])[] = [
  [/\btomorrow\b|明天|明日/iu, 1],
  [/\byesterday\b|昨天|昨日|\blast night\b/iu, -1],
  [/\bday after tomorrow\b|后天/iu, 2],
];

/** The days, as month and day, that a text of a day may mean: that day itself, "tomorrow", "Friday". */
export function daysAround(text: string, year: number, month: number, day: number): string[] {
  const shifted = (by: number) => {
    const date = new Date(Date.UTC(year, month - 1, day + by));
    return `${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
  };
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const named = [...text.matchAll(WEEKDAYS)].map(([, english, chinese]) =>
    english === undefined
      ? CHINESE_DAYS.indexOf((chinese ?? '').replace('天', '日'))
      : ENGLISH_DAYS.indexOf(english.toLowerCase()),
  );
  const ahead = named.flatMap((other) => {
    const by = (other - weekday + 7) % 7;
    return [by - 7, by, by + 7];
  });
  const near = NEAR.filter(([pattern]) => pattern.test(text)).map(([, by]) => by);
  return [0, ...near, ...ahead].map(shifted);
}
