import { describe, expect, it } from 'vitest';

import { readHtml } from '../../src/collect/html.ts';

const LENGTH = 100_000;

/** A piece again and again, behind a beginning: as much as is read of any HTML. */
function filled(piece: string, start = ''): string {
  return (start + piece.repeat(LENGTH / piece.length)).slice(0, LENGTH);
}

/** Milliseconds that something keeps the processor busy, whatever else the machine does. */
function workOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('HTML of strangers', () => {
  it('is read up to its fifteen hundredth tag, with the words before it', () => {
    const { text } = readHtml(filled('<p>x'));
    expect(text.split('\n\n')).toHaveLength(1500);
  });

  it('is read whole where it is long and has few tags', () => {
    const { text } = readHtml(filled(`<p>${'Words as people write them. '.repeat(10)}</p>`));
    expect(text.length).toBeGreaterThan(95_000);
  });

  // What a comment, an attribute or a name hides is nested as deep as there are tags.
  const hidden = ['<div></x>', '<q a="</q>">', '<q><!--</q>-->', '<div><object></div>', '<a></x>'];

  const nasty =
    '<p> <p>x <li>x <dd>x <br>x <h1>x</h1> <svg> <!--> <tr>x</tr> <script>x</script> < </ & &notin;';
  const pieces = [...nasty.split(' '), '<a href=x>', '\n', ' \t', 'x\n', 'a b ', ...hidden];
  const starts = ['', '<pre>', '<a ', '<ul>'.repeat(29), ...hidden.map((tag) => tag.repeat(700))];

  it.each(pieces)('costs little, however much there is of %j', (piece) => {
    for (const start of starts) {
      const html = filled(piece, start);
      expect(workOf(() => void readHtml(html))).toBeLessThan(400);
    }
  });
});
