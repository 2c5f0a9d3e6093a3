import fc from "fast-check";
import { expect, it } from "vitest";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { areHostRolesReported, hostCover } from "#domain/meeting/metrics.ts";
import { clock, histories, rules } from "#domain/testing/history.ts";
import { lengthMs } from "#domain/time/interval.ts";
import { coverOf } from "./cover.ts";

it("covers as much from stored rows as from full views", () => {
  const now = clock("13:00");
  fc.assert(
    fc.property(histories(), (events) => {
      const { people } = projectMeeting(events, rules, now);
      const stored = people.map((person) => ({
        ...person,
        hostSaid: areHostRolesReported([person]),
      }));
      const whole = hostCover(people, rules.graceMs);
      const occupiedMs = lengthMs(whole?.occupied ?? [], now);
      const hostedMs = occupiedMs - lengthMs(whole?.hostless ?? [], now);
      const expected = occupiedMs === 0 ? null : { occupiedMs, hostedMs };
      expect(coverOf(stored, rules.graceMs, now)).toEqual(expected);
    }),
  );
});
