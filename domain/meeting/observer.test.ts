import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, joins } from "#domain/testing/history.ts";
import { type Observer, projectObserver, tookPlace } from "./observer.ts";

const comesIn = (time: string): MeetingEvent => ({ type: "observer_joined", at: clock(time) });
const goes = (time: string, reason: string, more: Partial<MeetingEvent> = {}): MeetingEvent =>
  Object.assign({ type: "observer_left" as const, at: clock(time), reason }, more);
const lineOf = (observer: Observer | null) =>
  observer && `${observer.state}: ${observer.reason} by ${observer.by}`;

describe("the observer", () => {
  test("is absent where no event is of a bot", () => {
    expect(projectObserver([joins("Ada")(clock("10:00"))])).toBeNull();
    expect(tookPlace(null)).toBe(true);
  });

  test.each<[string, MeetingEvent[], string]>([
    ["came in", [comesIn("10:00")], "let_in: null by null"],
    [
      "came in and left",
      [comesIn("10:00"), goes("11:00", "left_meeting")],
      "left: left_meeting by null",
    ],
    [
      "was refused",
      [
        goes("10:02", "could_not_join_meeting/request_to_join_denied", {
          outside: true,
          removed: true,
        }),
      ],
      "not_let_in: could_not_join_meeting/request_to_join_denied by null",
    ],
    [
      "was refused by somebody, and then wound up",
      [
        goes("10:02", "meeting_ended", { outside: true, removed: true, by: "Jo Pahl" }),
        goes("10:03", "post_processing_completed"),
      ],
      "not_let_in: meeting_ended by Jo Pahl",
    ],
    [
      "was called back before it was let in",
      [goes("10:02", "left_meeting")],
      "not_let_in: left_meeting by null",
    ],
    [
      "was put out in the middle",
      [comesIn("10:00"), goes("10:40", "meeting_ended", { removed: true, by: "Jo Pahl" })],
      "removed: meeting_ended by Jo Pahl",
    ],
    [
      "was in, as its provider says, though nobody heard it come",
      [goes("10:40", "fatal_error/heartbeat_timeout", { outside: false })],
      "left: fatal_error/heartbeat_timeout by null",
    ],
    [
      "was in, as whom it told of shows",
      [joins("Ada")(clock("10:10")), goes("10:40", "meeting_ended")],
      "left: meeting_ended by null",
    ],
  ])("%s", (_, events, expected) => {
    expect(lineOf(projectObserver(events))).toBe(expected);
    // In any order, with any repeats.
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...events, ...events], { minLength: events.length }),
        (some) => {
          const all = [...some, ...events];
          expect(lineOf(projectObserver(all))).toBe(expected);
        },
      ),
    );
  });
});
