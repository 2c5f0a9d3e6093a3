import { database } from "#db/connection/client.ts";
import { countOpenAlerts, listAlerts, openAlerts } from "#db/desk/alerts/alerts.ts";
import { listRules } from "#db/desk/alerts/rules.ts";
import { listRoomGroups } from "#db/desk/groups/room-groups.ts";
import { listSources } from "#db/sources/sources.ts";
import { isWhole } from "#domain/access/sight.ts";
import type { OpenAlerts, WireAlert } from "#domain/desk/alerts/wire.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import { shown } from "#server/http/shown.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { type ChannelJson, readChannels } from "./channels/api.ts";
import { type RuleJson, ruleJson } from "./json.ts";
import { shownAlert } from "./shown-alert.ts";

const MOST_OPEN = 100;
const OVER_SHOWN = 25;

/** What the page of alerts shows. */
export interface AlertsPage {
  open: OpenAlerts;
  over: WireAlert[];
  older: string | null;
  rules: RuleJson[] | null;
  /** `null` for whoever may not have others told of the installation. */
  channels: ChannelJson[] | null;
  sendsMail: boolean;
  sources: { id: string; name: string }[];
  groups: { id: string; name: string }[];
}

/** The page of alerts; `before` is `raised_at,id` of one that is over, of which those before are shown. */
export async function readAlertsPage(caller: Caller, before: string | null): Promise<AlertsPage> {
  const { orm } = database();
  const [open, count, over] = await Promise.all([
    openAlerts(orm, MOST_OPEN),
    countOpenAlerts(orm),
    listAlerts(orm, "over", cursorOf(before), OVER_SHOWN + 1),
  ]);
  const isOfWhole = isWhole(caller.sight);
  const [rules, sources, groups] = isOfWhole
    ? await Promise.all([listRules(orm), listSources(orm), listRoomGroups(orm)])
    : [null, [], []];
  const channels = isOfWhole && isAllowed(caller, "manage") ? await readChannels() : null;
  const page = over.slice(0, OVER_SHOWN);
  const last = page.at(-1);
  const as_of = toWireTime(Date.now());
  return shown({
    open: { alerts: open.map(shownAlert), more: Math.max(0, count - open.length), as_of },
    over: page.map(shownAlert),
    older:
      over.length > OVER_SHOWN && last !== undefined
        ? `/alerts?before=${last.raisedAt},${last.id}`
        : null,
    rules: rules?.map(ruleJson) ?? null,
    channels,
    sendsMail: processContext().env.mail !== null,
    sources: sources.map(({ id, name }) => ({ id, name })),
    groups: groups.map(({ id, name }) => ({ id, name })),
  });
}

function cursorOf(before: string | null) {
  const [at = "", id = ""] = before?.split(",") ?? [];
  if (!/^\d{1,15}$/.test(at) || !isUuid(id)) return null;
  return { direction: "next" as const, key: { at: Number(at), id } };
}
