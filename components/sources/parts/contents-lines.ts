import { counted } from "#components/words/count.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { sourceContents } from "#server/sources/schema.ts";

/** What goes with a source, or with some, in words. */
export function contentsLines(counts: AnswerOf<typeof sourceContents>): string[] {
  const { meetings, people, waits, events, deliveries, scheduled_meetings, statements } = counts;
  return [
    counted(meetings, "meeting", "meetings"),
    counted(people, "person", "people"),
    counted(waits, "wait", "waits"),
    `${counted(deliveries, "webhook", "webhooks")}, and ${counted(events, "event", "events")} read from them`,
    ...(scheduled_meetings === 0
      ? []
      : [counted(scheduled_meetings, "expected meeting", "expected meetings")]),
    ...(statements === 0
      ? []
      : [`${counted(statements, "statement", "statements")} about nothing else`]),
  ];
}
