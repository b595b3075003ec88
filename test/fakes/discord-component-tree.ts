import {
  type APIMessageComponent,
  type APIMessageTopLevelComponent,
  type APIUnfurledMediaItem,
  ComponentType,
  UnfurledMediaItemLoadingState,
} from 'discord-api-types/v10';

import type { Complaint } from './discord-refused.ts';

/** What the address of an uploaded file begins with. */
export const ATTACHMENT = 'attachment://';

export type Node = APIMessageComponent;

/** A component and where it stands in the body. */
export type Placed = { readonly node: Node; readonly path: Complaint['path'] };

/** All components, nested ones too, in the order in which they are read. */
export function nodesOf(nodes: readonly Node[], at: Complaint['path'] = []): Placed[] {
  return nodes.flatMap((node, index) => placedOf(node, [...at, index]));
}

function placedOf(node: Node, path: Complaint['path']): Placed[] {
  const children = 'components' in node ? nodesOf(node.components, [...path, 'components']) : [];
  const accessory = 'accessory' in node ? placedOf(node.accessory, [...path, 'accessory']) : [];
  return [{ node, path }, ...children, ...accessory];
}

/** The words of all text displays, in order. */
export function textOf(components: readonly APIMessageTopLevelComponent[]): string[] {
  return nodesOf(components).flatMap(({ node }) =>
    node.type === ComponentType.TextDisplay ? [node.content] : [],
  );
}

/** The components as Discord keeps them: each has an id, uploads have an address. */
export function stored(
  components: readonly APIMessageTopLevelComponent[],
  addressOf: (name: string) => string,
): APIMessageTopLevelComponent[] {
  const copy = structuredClone([...components]);
  const placed = nodesOf(copy);
  const taken = new Set(placed.flatMap(({ node }) => (node.id ? [node.id] : [])));
  let next = 1;
  for (const { node } of placed) {
    while (taken.has(next)) next += 1;
    if (!node.id) {
      node.id = next;
      taken.add(next);
    }
    resolve(node, addressOf);
  }
  return copy;
}

function resolve(node: Node, addressOf: (name: string) => string): void {
  for (const item of mediaOf(node)) {
    if (item.url.startsWith(ATTACHMENT)) item.url = addressOf(item.url.slice(ATTACHMENT.length));
    Object.assign(item, {
      proxy_url: item.url,
      loading_state: UnfurledMediaItemLoadingState.LoadedSuccess,
    });
  }
}

/** Pictures and files that a component shows. */
export function mediaOf(node: Node): APIUnfurledMediaItem[] {
  if (node.type === ComponentType.MediaGallery) return node.items.map(({ media }) => media);
  if (node.type === ComponentType.Thumbnail) return [node.media];
  return node.type === ComponentType.File ? [node.file] : [];
}
