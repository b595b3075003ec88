import {
  type APIButtonComponent,
  type APIMessageTopLevelComponent,
  type APISelectMenuComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';

import { checkLength, checkNumber, checkUnique, checkUrl, required } from './discord-complaints.ts';
import { type Complaint, internal } from './discord-refused.ts';
import { ATTACHMENT, mediaOf, nodesOf, type Placed, textOf } from './discord-component-tree.ts';

const MOST_COMPONENTS = 40;
const MOST_TEXT = 4000;
/** Seen in the wild (discord-api-docs issues 8554 and 7528), not documented: beyond it is a 500. */
const MOST_STORED_BYTES = 10_170;
const BYTES_A_DISPLAY = 12;
const MOST_MEDIA = 64;

type Files = ReadonlySet<string>;

/** Complaints about components of a message without the flag `IsComponentsV2`: five rows at most. */
export function checkRows(
  components: readonly APIMessageTopLevelComponent[],
  at: Complaint['path'],
): Complaint[] {
  const strangers = components.flatMap(({ type }, index) =>
    type === ComponentType.ActionRow ? [] : [wrongKind([...at, index], [ComponentType.ActionRow])],
  );
  if (strangers.length > 0) return strangers;
  const placed = nodesOf(components, at);
  return [...checkLength(at, components, [0, 5]), ...checkAll(placed, new Set())];
}

/**
 * Complaints about Components V2.
 * @param files names that `attachment://` may point to.
 * @throws Refused with 500 where Discord itself breaks.
 */
export function checkComponents(
  components: readonly APIMessageTopLevelComponent[],
  at: Complaint['path'],
  files: Files,
): Complaint[] {
  const placed = nodesOf(components, at);
  const complaints = checkAll(placed, files);
  if (placed.length > MOST_COMPONENTS) {
    const message = `The total number of components (${placed.length}) exceeds the maximum of ${MOST_COMPONENTS}.`;
    complaints.push({ path: at, code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message });
  }
  if (textOf(components).join('').length > MOST_TEXT) {
    const message = `Components displayable text size exceeds maximum size of ${MOST_TEXT}`;
    complaints.push({ path: at, code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message });
  }
  if (complaints.length === 0) checkStorage(components, placed);
  return complaints;
}

function checkStorage(
  components: readonly APIMessageTopLevelComponent[],
  placed: readonly Placed[],
): void {
  const sizes = textOf(components).map((words) => Buffer.byteLength(words) + BYTES_A_DISPLAY);
  const media = placed.flatMap(({ node }) => mediaOf(node));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MOST_STORED_BYTES || media.length > MOST_MEDIA) throw internal();
}

function checkAll(placed: readonly Placed[], files: Files): Complaint[] {
  const customIds = placed.flatMap(({ node, path }) =>
    'custom_id' in node ? [{ path: [...path, 'custom_id'], value: node.custom_id }] : [],
  );
  const ids = placed.flatMap(({ node, path }) =>
    node.id ? [{ path: [...path, 'id'], value: String(node.id) }] : [],
  );
  return [
    ...placed.flatMap((each) => checkNode(each, files)),
    ...checkUnique(customIds, {
      code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
      message: 'Component custom id cannot be duplicated',
    }),
    ...checkUnique(ids, {
      code: 'COMPONENT_ID_DUPLICATED',
      message: 'Component id cannot be duplicated',
    }),
  ];
}

function checkNode({ node, path }: Placed, files: Files): Complaint[] {
  switch (node.type) {
    case ComponentType.ActionRow:
      return checkRow(node.components, [...path, 'components']);
    case ComponentType.Button:
      return checkButton(node, path);
    case ComponentType.StringSelect:
      return [...checkSelect(node, path), ...checkOptions(node, path)];
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return checkSelect(node, path);
    case ComponentType.Section:
      return checkLength([...path, 'components'], node.components, [1, 3]);
    case ComponentType.TextDisplay:
      return checkLength([...path, 'content'], node.content, [1, MOST_TEXT]);
    case ComponentType.MediaGallery:
      return [
        ...checkLength([...path, 'items'], node.items, [1, 10]),
        ...node.items.flatMap((item, index) => checkMedia(item, [...path, 'items', index], files)),
      ];
    case ComponentType.Thumbnail:
      return checkMedia(node, path, files);
    case ComponentType.File:
      return checkFile(node.file.url, [...path, 'file', 'url'], files, ['attachment:']);
    case ComponentType.Separator:
      return checkNumber([...path, 'spacing'], node.spacing, [1, 2]);
    case ComponentType.Container:
      return [
        ...checkLength([...path, 'components'], node.components, [1, MOST_COMPONENTS]),
        ...checkNumber([...path, 'accent_color'], node.accent_color, [0, 0xffffff]),
      ];
    default:
      return node satisfies never;
  }
}

function checkRow(
  children: readonly (APIButtonComponent | APISelectMenuComponent)[],
  path: Complaint['path'],
): Complaint[] {
  const selects = children.filter(({ type }) => type !== ComponentType.Button);
  if (selects.length > 0 && children.length > 1) {
    const message = 'The specified component exceeds the maximum width';
    return [{ path: [...path, 1], code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }];
  }
  return checkLength(path, children, [1, 5]);
}

function checkButton(button: APIButtonComponent, path: Complaint['path']): Complaint[] {
  if (button.style === ButtonStyle.Premium) return [];
  const link =
    button.style === ButtonStyle.Link
      ? [
          ...checkUrl([...path, 'url'], button.url, ['http:', 'https:', 'discord:']),
          ...checkLength([...path, 'url'], button.url, [1, 512]),
        ]
      : checkLength([...path, 'custom_id'], button.custom_id, [1, 100]);
  const naked = !button.label && !button.emoji ? [required([...path, 'label'])] : [];
  return [...link, ...naked, ...checkLength([...path, 'label'], button.label, [0, 80])];
}

function checkSelect(select: APISelectMenuComponent, path: Complaint['path']): Complaint[] {
  const { custom_id, placeholder, min_values = 1, max_values = 1 } = select;
  return [
    ...checkLength([...path, 'custom_id'], custom_id, [1, 100]),
    ...checkLength([...path, 'placeholder'], placeholder, [0, 150]),
    ...checkNumber([...path, 'min_values'], min_values, [0, 25]),
    ...checkNumber([...path, 'max_values'], max_values, [Math.max(1, min_values), 25]),
  ];
}

function checkOptions(select: APIStringSelectComponent, path: Complaint['path']): Complaint[] {
  const { options, max_values = 1 } = select;
  const at = [...path, 'options'];
  const chosen = options.filter((option) => option.default);
  return [
    ...checkLength(at, options, [1, 25]),
    ...checkNumber([...path, 'max_values'], max_values, [1, options.length]),
    ...checkLength(at, chosen, [0, max_values]),
    ...options.flatMap(({ label, value, description }, index) => [
      ...checkLength([...at, index, 'label'], label, [1, 100]),
      ...checkLength([...at, index, 'value'], value, [1, 100]),
      ...checkLength([...at, index, 'description'], description, [0, 100]),
    ]),
    ...checkUnique(
      options.map(({ value }, index) => ({ path: [...at, index, 'value'], value })),
      {
        code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        message: 'The specified option value is already used',
      },
    ),
  ];
}

type Media = { readonly media: { readonly url: string }; readonly description?: string | null };

function checkMedia({ media, description }: Media, path: Complaint['path'], files: Files) {
  return [
    ...checkLength([...path, 'description'], description, [0, 1024]),
    ...checkFile(media.url, [...path, 'media', 'url'], files),
  ];
}

function checkFile(
  url: string,
  path: Complaint['path'],
  files: Files,
  schemes: readonly string[] = ['http:', 'https:', 'attachment:'],
): Complaint[] {
  if (!url.startsWith(ATTACHMENT)) return checkUrl(path, url, schemes);
  if (files.has(url.slice(ATTACHMENT.length))) return [];
  const message = `The referenced attachment ${url} was not found in this message.`;
  return [{ path, code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message }];
}

function wrongKind(path: Complaint['path'], kinds: readonly number[]): Complaint {
  const message = `Value of field "type" must be one of (${kinds.join(', ')},).`;
  return { path, code: 'UNION_TYPE_CHOICES', message };
}
