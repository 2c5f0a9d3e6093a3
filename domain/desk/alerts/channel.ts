import { maskedName } from "#domain/access/mask.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { WireAlert } from "./wire.ts";
import { alertWords, lengthWords } from "./words.ts";

/** Where alerts can be told, in the order in which it is offered: chats by their incoming webhooks, and mail. */
export const CHANNEL_KINDS = ["slack", "teams", "discord", "email"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What of an alert a channel is told. */
export const CHANNEL_NEWS = ["raised", "rung", "acknowledged", "over"] as const;
export type ChannelNews = (typeof CHANNEL_NEWS)[number];

export const CHANNEL_WORDS: Readonly<Record<ChannelKind, string>> = {
  slack: "Slack",
  teams: "Microsoft Teams",
  discord: "Discord",
  email: "E-mail",
};

/** What is said in a channel: a line that tells all, and what is beside it. */
export interface Said {
  line: string;
  more: string | null;
  link: string | null;
}

/** What an address is tried with. */
export const TRIED: Said = {
  line: "This is a test of Rollcall: alerts are told here.",
  more: null,
  link: null,
};

/**
 * What a channel is told of an alert as it stands at a moment. With `initials` there is no name in it; what somebody
 * called the rule may be one.
 */
export function saidOf(
  alert: WireAlert,
  news: ChannelNews,
  { now, initials, publicUrl }: { now: Ms; initials: boolean; publicUrl: string | null },
): Said {
  const { kind, capacity, does, room, title, source, urgent, over_for } = alert;
  const known = alert.person?.name ?? null;
  const name = known !== null && initials ? maskedName(known) : known;
  const what = alertWords({
    kind,
    capacity,
    deed: does,
    name,
    room: title ?? room,
    source: source.name,
  });
  const since = lengthWords(Math.max(0, now - fromWireTime(alert.since)));
  const demo = source.demo === true ? " (demo)" : "";
  return {
    line: `${prefixOf(news, urgent, over_for === "corrected")}${what}${demo}${news === "over" ? "" : `, for ${since}`}${news === "acknowledged" ? ` – ${alert.acknowledged_by ?? "somebody"} sees to it` : ""}`,
    more: initials ? null : alert.rule.name,
    link: publicUrl === null ? null : new URL("/alerts", publicUrl).href,
  };
}

function prefixOf(news: ChannelNews, isUrgent: boolean, isCorrected: boolean): string {
  switch (news) {
    case "raised":
    case "rung":
      return isUrgent ? "Urgent: " : news === "rung" ? "Still: " : "";
    case "acknowledged":
      return "Acknowledged: ";
    case "over":
      return isCorrected ? "Was not so: " : "Over: ";
    default:
      return news satisfies never;
  }
}

/** What the incoming webhook of a chat is sent. What people are called never calls or formats anything there. */
export function chatBody(kind: Exclude<ChannelKind, "email">, { line, more, link }: Said): object {
  switch (kind) {
    case "slack": {
      const escaped = (text: string) =>
        text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      const beside = [more && escaped(more), link && `<${link}|Open Rollcall>`];
      const note = beside.filter((part) => part !== null).join(" · ");
      return {
        text: escaped(line),
        blocks: [
          { type: "section", text: { type: "plain_text", text: line, emoji: false } },
          ...(note === ""
            ? []
            : [{ type: "context", elements: [{ type: "mrkdwn", text: note, verbatim: true }] }]),
        ],
      };
    }
    case "teams": {
      const text = (value: string, look: object) => ({
        ...{ type: "TextBlock", text: plain(value), wrap: true, ...look },
      });
      const content = {
        $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
        ...{ type: "AdaptiveCard", version: "1.4" },
        body: [
          text(line, { weight: "Bolder" }),
          ...(more === null ? [] : [text(more, { isSubtle: true })]),
        ],
        ...(link !== null && {
          actions: [{ type: "Action.OpenUrl", title: "Open Rollcall", url: link }],
        }),
      };
      const contentType = "application/vnd.microsoft.card.adaptive";
      return { type: "message", attachments: [{ contentType, contentUrl: null, content }] };
    }
    case "discord": {
      const lines = [`**${plain(line)}**`, more && plain(more), link && `<${link}>`];
      return {
        content: lines
          .filter((part) => part !== null)
          .join("\n")
          .slice(0, 2_000),
        username: "Rollcall",
        allowed_mentions: { parse: [] },
      };
    }
    default:
      return kind satisfies never;
  }
}

/** A text in which nothing is Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\*_`~|[\]<>]/g, "\\$&");
}

/** After so many failures a message is given up; before that it is tried again after these times. */
const PAUSES: readonly Ms[] = [5_000, 30_000, 120_000, 600_000, 1_800_000];

/** How long after its n-th failure a message is tried again; `null` where it is given up. */
export function pauseAfter(attempts: number): Ms | null {
  return PAUSES[attempts - 1] ?? null;
}
