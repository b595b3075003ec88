import type { Canvas } from 'canvas';

import { drawCloud } from '../cloud/cloud.ts';
import { encode, type Format, FORMATS, type Labels } from '../cloud/frame.ts';
import type { CloudPost } from '../cloud/terms.ts';
import { type ToldDays, trendsOf } from '../curate/trends.ts';
import type { Picture, PictureKind } from '../model/picture.ts';
import type { Week } from '../model/week.ts';
import { drawWeek, type WeekLabels } from './week-chart.ts';

/** What a report's pictures are drawn from. */
export type Order = {
  readonly cloud: { readonly posts: readonly CloudPost[]; readonly labels: Labels };
  /** `null` while there is no week to show. */
  readonly week: {
    readonly days: Week['days'];
    readonly told: ToldDays;
    readonly labels: WeekLabels;
  } | null;
};

/** The pictures of a report, each in every format; those that have nothing to show are missing. */
export function drawPictures({ cloud, week }: Order): Picture[] {
  return [
    ...filesOf('cloud', drawCloud(cloud.posts, cloud.labels)),
    ...(week ? filesOf('week', drawTrends(week)) : []),
  ];
}

function drawTrends({ days, told, labels }: NonNullable<Order['week']>): Drawing | null {
  return drawWeek({ days, trends: trendsOf(told) }, labels);
}

type Drawing = { readonly canvas: Canvas; readonly alt: readonly string[] };

function filesOf(kind: PictureKind, drawing: Drawing | null): Picture[] {
  return drawing === null ? [] : FORMATS.map((format) => fileOf(kind, drawing, format));
}

function fileOf(kind: PictureKind, { canvas, alt }: Drawing, format: Format): Picture {
  const { width, height } = canvas;
  return { kind, mime: `image/${format}`, width, height, alt, bytes: encode(canvas, format) };
}
