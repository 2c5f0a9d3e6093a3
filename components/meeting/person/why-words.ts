import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import type {
  Doubt,
  ExplainedInterval,
  StayEnd,
  StayPart,
  WaitEnd,
} from "#domain/meeting/explained.ts";
import type { ClosingCause } from "#domain/participant/closing.ts";
import { UNHEARD_MS, WAIT_EXPIRES_MS } from "#domain/participant/rules.ts";

/** How an interval counts, and what that was concluded from. */
export function intervalWords(interval: ExplainedInterval, clockFormat: ClockFormat): string {
  switch (interval.kind) {
    case "stay": {
      const [only, ...others] = interval.parts;
      if (only !== undefined && others.length === 0) return partWords(only, clockFormat);
      return `in; ${counted(interval.parts.length, "connection that counts", "connections that overlap count")} once`;
    }
    case "joined_gap":
      return `away, joined by the grace of ${formatSetting(interval.graceMs)}`;
    case "away":
      return "away, does not count";
    case "wait":
      return waitWords(interval.end, clockFormat);
    default:
      return interval satisfies never;
  }
}

/** What was reported of the begin and the end of one connection's stay, and what was concluded. */
export function partWords(
  { start, end }: Pick<StayPart, "start" | "end">,
  clockFormat: ClockFormat,
): string {
  if (start === "unknown") return "only the leave was reported, so it has no length";
  const words = [endWords(end, start === "reported", clockFormat)];
  if (start === "first_seen") {
    words.push("already there when the bot came in, so it counts from when the bot saw them");
  } else if (start === "told_by_leave") {
    words.push("no join was reported; the leave says when it was");
  }
  return words.join("; ");
}

function endWords(end: StayEnd, isStartReported: boolean, clockFormat: ClockFormat): string {
  switch (end.by) {
    case "open":
      return "in, still open";
    case "report":
      return isStartReported ? "in, reported" : "in, its end reported";
    case "length":
      return "in; how long was reported, and not when they left or were away: the end is concluded from that";
    case "nobody":
      return `last heard of here, and nobody reported the leave; ${doubtWords(end.because)}: it may have lasted until ${clockFormat.second(end.leftBy)}, which does not count`;
    case "operator":
      return end.leftBy === null
        ? `in; nobody reported the leave: ${end.word.by} said at ${clockFormat.minute(end.word.ruledAt)} that they left then`
        : `last heard of here; ${end.word.by} said at ${clockFormat.minute(end.word.ruledAt)} that they were not here any more: it may have lasted until ${clockFormat.second(end.leftBy)}, which does not count`;
    case "silence": {
      if (end.tooLate) return "reported to begin after all was silent, so it has no length";
      const silence = formatSetting(end.silenceMs ?? 0);
      return `in; nobody reported the leave: nothing was heard of the meeting for ${silence} from then on`;
    }
    case "meeting_ended":
    case "next_meeting":
    case "observer_left":
    case "data_deleted":
      return end.tooLate
        ? `reported to begin after ${causeWords(end.by)}, so it has no length`
        : `in; nobody reported the leave: ${causeWords(end.by)} then`;
    default:
      return end satisfies never;
  }
}

function causeWords(cause: Exclude<ClosingCause, "silence">): string {
  switch (cause) {
    case "meeting_ended":
      return "the meeting ended";
    case "next_meeting":
      return "the provider began another meeting";
    case "observer_left":
      return "the bot left";
    case "data_deleted":
      return "the provider deleted its data";
    default:
      return cause satisfies never;
  }
}

function doubtWords(because: Doubt): string {
  if (because === "joined_again") return "they joined again then";
  if (because === "unheard") return `nothing was heard of them for ${formatSetting(UNHEARD_MS)}`;
  if (because === "silence") return "nothing was heard of the room for long";
  return `${causeWords(because)} then`;
}

function waitWords(end: WaitEnd, clockFormat: ClockFormat): string {
  switch (end.how) {
    case "waiting":
      return "in the waiting room";
    case "admitted": {
      const as = end.as === "another" ? " as another connection" : "";
      const ended = end.isReported ? "" : "; nobody reported the end, so it ended as they came in";
      return `waited, then admitted${as}${ended}; waiting does not count`;
    }
    case "left":
      return end.isShort ? "waited, left within 10 s" : "waited, left before admitted";
    case "put_away": {
      const stated = `${end.word.by} said at ${clockFormat.minute(end.word.ruledAt)} that they`;
      const ending =
        end.overBy === null
          ? `${stated} left then, before they were admitted`
          : `${stated} were not here any more, and nobody knows since when`;
      return `waited; ${ending}${end.isBack ? "; they came in otherwise" : ""}`;
    }
    case "came_back": {
      const ended = end.isReported ? "left before admitted" : "nobody reported the end";
      if (end.at === null)
        return `waited, ${ended}, came in to a later meeting of the room that day`;
      const came = end.isReported ? "came back" : "but they came in another way";
      return `waited, ${ended}, ${came} at ${clockFormat.second(end.at)}`;
    }
    case "unknown":
      return `waited; nobody reported how it ended: ${unheardWords(end.by)}`;
    default:
      return end satisfies never;
  }
}

function unheardWords(by: Extract<WaitEnd, { how: "unknown" }>["by"]): string {
  if (by === "expired") return `nothing was heard of it for ${formatSetting(WAIT_EXPIRES_MS)}`;
  if (by === "silence") return "nothing more was heard of the meeting";
  return `${causeWords(by)} then`;
}

/** What an event reports, in a word or two. */
export function reportWords(event: MeetingEvent): string {
  switch (event.type) {
    case "knocked":
      return "knocked";
    case "stopped_waiting":
      return "stopped waiting";
    case "joined":
      return "joined";
    case "left":
      return "left";
    case "updated":
      return "changed";
    case "meeting_started":
      return "meeting began";
    case "meeting_ended":
      return "meeting ended";
    case "observer_joined":
      return "bot came in";
    case "observer_left":
      return "bot left";
    case "data_deleted":
      return "data deleted";
    case "identity_ruled":
    case "meeting_ruled":
      return "ruled";
    case "presence_ruled":
    case "observer_ruled":
      return event.verdict === "undone" ? "taken back" : "put away by hand";
    default:
      return event satisfies never;
  }
}
