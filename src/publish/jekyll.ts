import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { RootContent } from 'mdast';
import { stringify } from 'yaml';

import { heading, paragraph, root } from '../lib/tree.ts';
import { type Picture, PICTURE_KINDS, type PictureKind } from '../model/picture.ts';
import type { Report } from '../model/report.ts';
import { type Days, timeWithOffset } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import { toJekyllMarkdown } from './markdown.ts';
import { type CitedPosts, reportTree } from './report-tree.ts';

/** Files that were written, by absolute path; those pictures that there are. */
export type Published = {
  readonly post: string;
  readonly pictures: readonly { readonly kind: PictureKind; readonly file: string }[];
};

/**
 * `twitter_ai_20260129_20260129`; reports in another language than the topic's own carry it at the
 * end, so that both can stand in one blog.
 */
export function nameOf(
  report: Report,
  topicLanguage: Report['language'] = report.language,
): string {
  const name = `${report.topic}_${spanOf(report.window)}`;
  return report.language === topicLanguage ? name : `${name}_${report.language}`;
}

function spanOf({ from, to }: Days): string {
  return [from, to].map((day) => day.replaceAll('-', '')).join('_');
}

/** A report as a Jekyll post: front matter and Markdown. */
export function jekyllPost(
  report: Report,
  posts: CitedPosts,
  name: string,
  pictures: readonly Picture[],
): string {
  const texts = textsIn(report.language);
  const tree = reportTree(report, posts, (earlier) => {
    const page = name.replace(spanOf(report.window), spanOf(earlier));
    return `${page}.html#${earlier.address}`;
  });
  const shown = pictures.flatMap(({ kind, alt }): RootContent[] => {
    const { title, alternative } = texts.pictures[kind];
    const url = pictureFile(kind, name);
    return [
      heading(2, title),
      paragraph([{ type: 'image', url, alt: alternative, title: alt.join(SEPARATORS[kind]) }]),
    ];
  });
  return `${frontMatter(report, name)}\n${toJekyllMarkdown(root([...tree.children, ...shown]))}`;
}

/** What stands between the things that a picture shows. */
const SEPARATORS: Readonly<Record<PictureKind, string>> = { cloud: ' · ', week: '; ' };

/** `wordcloud_NAME.jpg`, `week_NAME.png` */
export function pictureFile(
  kind: PictureKind,
  name: string,
  mime: Picture['mime'] = 'image/jpeg',
): string {
  const ending = mime === 'image/png' ? 'png' : 'jpg';
  return `${kind === 'cloud' ? 'wordcloud' : kind}_${name}.${ending}`;
}

/**
 * Writes a report into the folder of a Jekyll site: `_posts/DATE-NAME.md` and its pictures beside it.
 * Each file is written whole or not at all; what an earlier run wrote is replaced.
 */
export async function writeJekyll(
  folder: string,
  report: Report,
  posts: CitedPosts,
  name: string,
  pictures: readonly Picture[],
): Promise<Published> {
  const post = path.join(folder, '_posts', `${report.window.to}-${name}.md`);
  const written: { kind: PictureKind; file: string }[] = [];
  for (const kind of PICTURE_KINDS) {
    const file = path.join(folder, pictureFile(kind, name));
    const picture = pictures.find((one) => one.kind === kind);
    if (!picture) await rm(file, { force: true });
    else {
      await writeWhole(file, picture.bytes);
      written.push({ kind, file });
    }
  }
  await writeWhole(post, jekyllPost(report, posts, name, pictures));
  return { post, pictures: written };
}

function frontMatter(report: Report, name: string): string {
  const { window, createdAt } = report;
  const lastSecond = new Date(window.end.getTime() - 1000);
  const fields = {
    layout: 'post',
    title: name,
    // A blog sorts by this: a day that is told later still stands on its day.
    date: timeWithOffset(createdAt < lastSecond ? createdAt : lastSecond, window.timeZone),
    posttime: timeWithOffset(createdAt, window.timeZone),
    // The picture lies at the site's root, and its link is relative, as Jekyll copies it.
    permalink: `/${name}.html`,
  };
  const lines = Object.entries(fields).map(([key, value]) =>
    key === 'layout' ? `${key}: ${value}` : `${key}: ${quoted(value)}`,
  );
  return ['---', ...lines, '---', ''].join('\n');
}

function quoted(value: string): string {
  return stringify(value, { defaultStringType: 'QUOTE_DOUBLE' }).trim();
}

async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  // Jekyll passes over names that begin with a dot, should one be left behind by a crash.
  const half = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  await writeFile(half, content);
  await rename(half, file);
}
