import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ask } from './discord-asked.ts';
import { startDiscord } from './discord.ts';

const V2 = 1 << 15;

/** What Discord says to a message. */
async function said(body: object): Promise<string[]> {
  const discord = await startDiscord();
  return ask(discord, 'POST', `/channels/${discord.channel.id}/messages`, body);
}

const saidV2 = (...components: object[]) => said({ components, flags: V2 });

async function saidWithFile(name: string, body: object): Promise<string[]> {
  const form = new FormData();
  form.set('payload_json', JSON.stringify(body));
  form.set('files[0]', new Blob(['a']), name);
  return said(form);
}

const text = (content = 'a') => ({ type: 10, content });
const row = (...components: object[]) => ({ type: 1, components });
const press = (fields: object = {}) => ({
  type: 2,
  style: 1,
  label: 'a',
  custom_id: 'a',
  ...fields,
});
const option = (fields: object = {}) => ({ label: 'a', value: 'a', ...fields });
const select = (fields: object = {}) => ({
  type: 3,
  custom_id: 's',
  options: [option()],
  ...fields,
});
const gallery = (url: string, fields: object = {}) => ({
  type: 12,
  items: [{ media: { url }, ...fields }],
});
const long = (length: number) => 'a'.repeat(length);
const presses = (count: number) =>
  Array.from({ length: count }, (_, index) => press({ custom_id: `${index}` }));

describe('a message that Discord takes', () => {
  it.each<[string, object]>([
    ['2000 characters', { content: long(2000) }],
    [
      'five rows of five buttons',
      {
        content: 'a',
        components: [0, 5, 10, 15, 20].map((from) =>
          row(...Array.from({ length: 5 }, (_, at) => press({ custom_id: `${from + at}` }))),
        ),
      },
    ],
    [
      'embeds of 6000 characters',
      {
        embeds: [{ description: long(4096) }, { description: long(1904) }],
      },
    ],
    [
      '4000 characters in text displays',
      {
        flags: V2,
        components: [text(long(2000)), { type: 17, components: [text(long(2000))] }],
      },
    ],
    [
      'a section with a button, a rule and a menu',
      {
        flags: V2,
        components: [
          { type: 9, components: [text()], accessory: press() },
          { type: 14, spacing: 2, divider: false },
          row(select({ placeholder: long(150) })),
          gallery('https://example.com/a.png', { description: long(1024) }),
        ],
      },
    ],
    [
      'a link',
      {
        content: 'a',
        components: [row({ type: 2, style: 5, label: 'a', url: 'https://example.com' })],
      },
    ],
    ['null for what is not said', { content: 'a', embeds: null, components: null }],
  ])('has %s', async (_, body) => {
    expect(await said(body)).toEqual(['fine']);
  });

  it('shows the file that came with it', async () => {
    const picture = { flags: V2, components: [gallery('attachment://a_b.png')] };
    expect(await saidWithFile('a b.png', picture)).toEqual(['fine']);
    const file = { flags: V2, components: [{ type: 13, file: { url: 'attachment://a.txt' } }] };
    expect(await saidWithFile('a.txt', file)).toEqual(['fine']);
  });
});

describe('a message without Components V2 that Discord refuses', () => {
  it.each<[string, object, string]>([
    ['nothing', {}, '50006'],
    ['2001 characters', { content: long(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
    ['a number for text', { content: 5 }, 'content FAKE_WRONG_TYPE'],
    [
      'more embeds than 6000 characters',
      { embeds: [{ description: long(4096) }, { title: 'a', description: long(1904) }] },
      'embeds MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['an empty embed', { embeds: [{ color: 1 }] }, 'embeds.0.description BASE_TYPE_REQUIRED'],
    [
      'an empty field',
      { embeds: [{ fields: [{ name: ' ', value: 'a' }] }] },
      'embeds.0.fields.0.name BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a picture that is nowhere',
      { embeds: [{ image: { url: 'attachment://a.png' } }] },
      'embeds.0.image.url FAKE_NO_SUCH_FILE',
    ],
    [
      'six rows',
      { content: 'a', components: presses(6).map((each) => row(each)) },
      'components BASE_TYPE_MAX_LENGTH',
    ],
    ['a text display', { components: [text()] }, 'components.0 UNION_TYPE_CHOICES'],
    [
      'a file that was not uploaded',
      { content: 'a', attachments: [{ id: '0', filename: 'a' }] },
      'attachments.0.id ATTACHMENT_NOT_FOUND',
    ],
    [
      'users allowed twice',
      { content: 'a', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'a reply to nothing',
      { content: 'a', message_reference: { message_id: '1' } },
      'message_reference REPLIES_UNKNOWN_MESSAGE',
    ],
    [
      'an enforced nonce that is missing',
      { content: 'a', enforce_nonce: true },
      'nonce BASE_TYPE_REQUIRED',
    ],
    ['a nonce of 26 characters', { content: 'a', nonce: long(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
  ])('has %s', async (_, body, complaint) => {
    expect(await said(body)).toContain(complaint);
  });
});

describe('Components V2 that Discord refuses', () => {
  it.each<[string, object[], string]>([
    ['nothing', [], '50006'],
    [
      '4001 characters in all',
      [text(long(2000)), text(long(2001))],
      'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    ['an empty text', [text('')], 'components.0.content BASE_TYPE_BAD_LENGTH'],
    ['a text in a row', [row(text())], 'components.0.components.0 UNION_TYPE_CHOICES'],
    ['a button without a row', [press()], 'components.0 UNION_TYPE_CHOICES'],
    [
      'a container in a container',
      [{ type: 17, components: [{ type: 17, components: [text()] }] }],
      'components.0.components.0 UNION_TYPE_CHOICES',
    ],
    [
      'an empty container',
      [{ type: 17, components: [] }],
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a colour that is none',
      [{ type: 17, components: [text()], accent_color: 0x1000000 }],
      'components.0.accent_color NUMBER_TYPE_MAX',
    ],
    [
      'a section of four texts',
      [{ type: 9, components: [text(), text(), text(), text()], accessory: press() }],
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a section without an accessory',
      [{ type: 9, components: [text()] }],
      'components.0.accessory BASE_TYPE_REQUIRED',
    ],
    ['an empty gallery', [{ type: 12, items: [] }], 'components.0.items BASE_TYPE_BAD_LENGTH'],
    [
      'a gallery of eleven',
      [
        {
          type: 12,
          items: Array.from({ length: 11 }, () => ({
            media: { url: 'https://example.com/a.png' },
          })),
        },
      ],
      'components.0.items BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a picture that was not uploaded',
      [gallery('attachment://a.png')],
      'components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    ],
    [
      'an alternative text of 1025 characters',
      [gallery('https://example.com/a.png', { description: long(1025) })],
      'components.0.items.0.description BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a thumbnail whose alternative text has 1025 characters',
      [
        {
          type: 9,
          components: [text()],
          accessory: {
            type: 11,
            media: { url: 'https://example.com/a.png' },
            description: long(1025),
          },
        },
      ],
      'components.0.accessory.description BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a file from elsewhere',
      [{ type: 13, file: { url: 'https://example.com/a.txt' } }],
      'components.0.file.url URL_TYPE_INVALID_SCHEME',
    ],
    [
      'a separator of another size',
      [{ type: 14, spacing: 3 }],
      'components.0.spacing BASE_TYPE_CHOICES',
    ],
    ['six buttons in a row', [row(...presses(6))], 'components.0.components BASE_TYPE_BAD_LENGTH'],
    ['a row of nothing', [row()], 'components.0.components BASE_TYPE_BAD_LENGTH'],
    [
      'a menu beside a button',
      [row(select(), press())],
      'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'a label of 81 characters',
      [row(press({ label: long(81) }))],
      'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
    ],
    [
      'an empty custom_id',
      [row(press({ custom_id: '' }))],
      'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a custom_id of 101 characters',
      [row(press({ custom_id: long(101) }))],
      'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
    ],
    [
      'one custom_id twice',
      [row(press()), row(select({ custom_id: 'a' }))],
      'components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a link without an address',
      [row({ type: 2, style: 5, label: 'a' })],
      'components.0.components.0.url BASE_TYPE_REQUIRED',
    ],
    [
      'a button without a word',
      [row({ type: 2, style: 1, custom_id: 'a' })],
      'components.0.components.0.label BASE_TYPE_REQUIRED',
    ],
    [
      'a field of another name',
      [row(press({ customId: 'a' }))],
      'components.0.components.0.customId FAKE_UNKNOWN_FIELD',
    ],
    [
      'a menu of 26',
      [
        row(
          select({ options: Array.from({ length: 26 }, (__, at) => option({ value: `${at}` })) }),
        ),
      ],
      'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a menu without options',
      [row(select({ options: [] }))],
      'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'one value twice',
      [row(select({ options: [option(), option()] }))],
      'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'an option of 101 characters',
      [row(select({ options: [option({ label: long(101) })] }))],
      'components.0.components.0.options.0.label BASE_TYPE_BAD_LENGTH',
    ],
    [
      'more to choose than there is',
      [row(select({ max_values: 2 }))],
      'components.0.components.0.max_values NUMBER_TYPE_MAX',
    ],
    [
      'a placeholder of 151 characters',
      [row(select({ placeholder: long(151) }))],
      'components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH',
    ],
  ])('has %s', async (_, components, complaint) => {
    expect(await saidV2(...components)).toContain(complaint);
  });

  it('has content or embeds beside it', async () => {
    const body = { flags: V2, components: [text()], content: 'a', embeds: [{ title: 'a' }] };
    const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
    expect(await said(body)).toEqual([`content ${code}`, `embeds ${code}`]);
  });

  it('counts components with those inside of others', async () => {
    const inside = (count: number) => ({
      type: 17,
      components: Array.from({ length: count }, () => text()),
    });
    expect(await saidV2(inside(39))).toEqual(['fine']);
    expect(await saidV2(inside(40))).toEqual([
      'components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
    ]);
  });

  it('breaks on more than some 10,000 bytes of text, which Chinese is soon', async () => {
    expect(await saidV2(text('好'.repeat(3386)))).toEqual(['fine']);
    expect(await saidV2(text('好'.repeat(3387)))).toEqual(['0']);
  });

  it('is a message with text that an edit makes one', async () => {
    const discord = await startDiscord();
    const path = `/channels/${discord.channel.id}/messages`;
    await ask(discord, 'POST', path, { content: 'a' });
    const edit = `${path}/${discord.messages()[0]?.id}`;
    const body = { flags: V2, components: [text('b')] };
    const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
    expect(await ask(discord, 'PATCH', edit, body)).toEqual([`content ${code}`]);
    expect(await ask(discord, 'PATCH', edit, { ...body, content: null })).toEqual(['fine']);
    expect(discord.messages()).toMatchObject([{ text: 'b', earlierTexts: ['a'] }]);
  });

  it('is never a crash of the fake, whatever comes', async () => {
    const discord = await startDiscord({ limits: 'off' });
    const path = `/channels/${discord.channel.id}/messages`;
    const leaf = fc.oneof(
      fc.record({ type: fc.constantFrom(1, 2, 3, 9, 10, 12, 13, 14, 17, 99) }),
      fc.constantFrom(text(), row(press()), row(select()), gallery('attachment://a'), null),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        leaf,
        fc.record({
          type: fc.constantFrom(1, 9, 17),
          components: fc.array(tie('tree'), { maxLength: 4 }),
        }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 4 }), async (components) => {
        const [first] = await ask(discord, 'POST', path, { components, flags: V2 });
        expect(first).not.toBe('0');
      }),
      { numRuns: 60 },
    );
    expect(discord.faults).toEqual([]);
  });
});
