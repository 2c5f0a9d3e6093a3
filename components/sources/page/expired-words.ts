import { counted } from "#components/words/count.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { expired } from "#server/sources/schema.ts";

type Expired = AnswerOf<typeof expired>;

/** What would go, a line each. */
export function expiredLines({ deliveries, meetings, people }: Expired): string[] {
  if (deliveries === 0 && meetings === 0) return ["Nothing is as old yet."];
  return [
    ...(deliveries === 0
      ? []
      : [`${counted(deliveries, "webhook", "webhooks")} with what was sent`]),
    ...(meetings === 0
      ? []
      : [
          `the names and ids of ${counted(people, "attendance", "attendances")} in ${counted(meetings, "meeting", "meetings")}, and the webhooks that reported them`,
        ]),
  ];
}

/** What went, in a sentence. */
export function goneWords({ deliveries, meetings, people }: Expired): string {
  const parts = [
    ...(deliveries === 0 ? [] : [counted(deliveries, "webhook", "webhooks")]),
    ...(meetings === 0
      ? []
      : [
          `who was in ${counted(meetings, "meeting", "meetings")} (${counted(people, "attendance", "attendances")})`,
        ]),
  ];
  if (parts.length === 0) return "nothing went";
  return `${parts.join(" and ")} went`;
}
