import * as z from "zod/mini";
import { CODE_DEMANDS } from "#domain/access/code-demand.ts";
import { ROLES } from "#domain/access/role.ts";
import { SCOPES } from "#domain/access/scope.ts";
import { LIST_NAMES } from "#domain/lists/lists.ts";
import { LEVEL_MODES, SHORT_LEAVES } from "#domain/waits/waiting.ts";
import { about, count, named, textOrNull, time, timeOrNull } from "#server/http/schema.ts";

export const apiKey = named(
  "ApiKey",
  z.object({
    id: z.string(),
    name: about(z.string(), "Who uses it"),
    scopes: about(z.array(z.enum(SCOPES)), "What it may"),
    sources: about(z.nullable(z.array(z.string())), "Ids of the sources it sees; null for all"),
    rooms: about(
      z.nullable(z.array(z.string())),
      "Patterns, of which one fits the key or the title of each room it sees; null for all",
    ),
    masked: about(z.boolean(), "Whether it sees initials instead of names"),
    created_at: time,
    expires_at: about(timeOrNull, "It opens nothing from then on; null for never"),
    last_used_at: about(timeOrNull, "To the minute"),
    revoked_at: timeOrNull,
  }),
);

export const apiKeys = z.object({ results: z.array(apiKey) });

export const createdKey = z.object({
  ...apiKey.shape,
  key: about(z.string(), "The key itself: it is answered once, and stored nowhere"),
});

const sight = {
  sources: about(z.nullable(z.array(z.string())), "Ids of the sources they may see; null for all"),
  rooms: about(
    z.nullable(z.array(z.string())),
    "Patterns of the rooms they may see, such as `ward-*`; null for all",
  ),
  masked: about(z.boolean(), "Whether they see initials in place of names"),
};

const role = about(z.enum(ROLES), "What they may: an owner everything, a viewer only look");

export const settings = z.object({
  time_zone: about(
    textOrNull,
    "IANA name, or `browser` for the zone of each browser; null for the installation's zone",
  ),
  hour_cycle: z.nullable(z.enum(["h12", "h23"])),
  first_day: about(z.nullable(z.int().check(z.minimum(1), z.maximum(7))), "1 is Monday"),
  theme: z.nullable(z.enum(["light", "dark"])),
  start: about(textOrNull, "The page that opens after signing in, by its path"),
  columns: about(
    z.partialRecord(z.enum(LIST_NAMES), z.array(z.string())),
    "The columns shown of a list, by list; all of them where it is missing",
  ),
  wait_target_ms: about(
    z.nullable(count),
    "By what the page of the waiting room measures where its address does not say; null for the usual",
  ),
  wait_goal: about(z.nullable(count), "In percent"),
  wait_level: z.nullable(z.enum(LEVEL_MODES)),
  wait_short: z.nullable(z.enum(SHORT_LEAVES)),
});

export const me = named(
  "Me",
  z.object({
    id: about(textOrNull, "null on the machine of Rollcall, as long as nobody signs in"),
    name: z.string(),
    email: textOrNull,
    role,
    ...sight,
    settings,
    second_factor: about(z.boolean(), "Whether a code is asked besides the password"),
    changed_at: about(timeOrNull, "When anything of this was last changed"),
  }),
);

export const member = named(
  "Member",
  z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    ...sight,
    invited: about(z.boolean(), "They have not chosen a password yet"),
    second_factor: z.boolean(),
    created_at: time,
    last_seen_at: about(timeOrNull, "To the hour"),
  }),
);

export const members = z.object({ results: z.array(member) });

const linkKind = z.enum(["set_up", "invitation", "reset"]);

export const accessLink = z.object({
  kind: linkKind,
  url: about(z.string(), "It lets in once: give it to nobody else"),
});

export const invited = z.object({
  ...member.shape,
  invite_url: about(z.string(), "The link by which they choose a password, once"),
  mailed: about(z.boolean(), "Whether it was also sent to them by mail"),
});

export const offer = z.object({
  kind: linkKind,
  name: textOrNull,
  email: textOrNull,
  expires_at: time,
});

export const joined = z.object({
  id: z.string(),
  signed_in: about(
    z.boolean(),
    "false where a second factor, or an account elsewhere, is still to be asked for",
  ),
});

export const memberSession = z.object({
  id: z.string(),
  created_at: time,
  used_at: about(time, "To the hour"),
  address: textOrNull,
  browser: about(textOrNull, "As the browser names itself"),
  current: about(z.boolean(), "Whether it is the one that asks"),
});

export const memberSessions = z.object({ results: z.array(memberSession) });

export const ended = z.object({ ended: about(count, "How many sessions are over now") });

export const codeDemand = z.object({
  of: about(
    z.enum(CODE_DEMANDS),
    "Who sets up a code at their next sign-in; operators with owners",
  ),
});

export const resetAsked = z.object({
  status: about(z.literal("asked"), "The same whether the address is a member's or nobody's"),
});
