import type { FileEndpoint } from "#server/files/file-routes.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE, LIST, ORDER, RANGE } from "#server/http/takes.ts";
import { getLost, getWaiting } from "./api.ts";
import { exportLost, exportWaits } from "./export.ts";
import { getWaits } from "./list.ts";

const LOST = ["outcome", "source", "room", "week_hour", "target_ms", ...RANGE];
const WAITS = ["show", ...LOST];

export const readWaiting: Endpoint = {
  who: "read",
  takes: ["source", "room", "target_ms", "level", "short", ...RANGE, ...ORDER],
  respond: ({ url }) => getWaiting(url),
};

export const listWaits: Endpoint = {
  who: "read",
  takes: [...WAITS, ...LIST],
  respond: ({ url }) => getWaits(url),
};

export const waitsFile: FileEndpoint = {
  takes: [...WAITS, ...FILE],
  respond: ({ url }, format) => exportWaits(url, format),
};

export const listLost: Endpoint = {
  who: "read",
  takes: [...LOST, ...LIST],
  respond: ({ url }) => getLost(url),
};

export const lostFile: FileEndpoint = {
  takes: [...LOST, ...FILE],
  respond: ({ url }, format) => exportLost(url, format),
};
