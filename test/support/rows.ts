/** Rows of our JSONL about one invented day, 12 October 2026 in UTC: enough for a small digest. */
export const ROWS = [
  row(
    '1',
    'lumen_labs_demo',
    'Lumen Labs',
    'Lumen 7 is out: 600,000 tokens of context at $2.40 per million, 20% below Lumen 6.',
    900,
  ),
  row(
    '2',
    'mira_demo',
    'Mira',
    'Lumen 7 read my whole 380,000 token codebase and found a race that Lumen 6 never saw.',
    120,
  ),
  row(
    '3',
    'wei_demo',
    '小魏',
    'Lumen 7 上线：上下文 60 万 token，价格下调 20%，中文法律文书的错误率降到 8%。',
    300,
  ),
  row(
    '4',
    'ferro_demo',
    'Ferro Robotics',
    'Our 24 Kip robots started at the Port Ellery warehouse today and pick 118 items an hour.',
    400,
  ),
  row(
    '5',
    'kofi_demo',
    'Kofi',
    'The Kip robots at Port Ellery need help 2.1 times a shift, which is 100 calls a day.',
    80,
  ),
  row(
    '6',
    'spam_demo',
    'Win Big',
    'GIVEAWAY! Follow me and RT to win $500, airdrop closes tonight',
    5,
  ),
  row(
    '7',
    'copy_demo',
    'Copy Cat',
    'RT @lumen_labs_demo: Lumen 7 is out: 600,000 tokens of context at $2.40 per mil…',
    0,
  ),
  row('8', 'calm_demo', 'Calm', 'good morning everyone', 3000),
];

function row(id: string, author: string, name: string, text: string, likes: number) {
  return {
    id,
    author,
    author_name: name,
    text,
    created_at: `2026-10-12T0${id}:00:00Z`,
    likes,
    retweets: Math.round(likes / 10),
    replies: 2,
    url: `https://example.com/invented/${id}`,
  };
}

/** Rows as the text of a JSONL file. */
export function jsonl(rows: readonly unknown[]): string {
  return rows.map((each) => `${JSON.stringify(each)}\n`).join('');
}
