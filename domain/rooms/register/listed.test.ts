import fc from "fast-check";
import { expect, test } from "vitest";
import { foldName } from "#domain/identity/name.ts";
import { asReported } from "#domain/meeting/certainty.ts";
import { entryKeys, type RosterAlias } from "#domain/scheduled/entry-key.ts";
import { roster } from "#domain/testing/expected.ts";
import type { RegisterEntry, RegisterFacts } from "./facts.ts";
import { listedIn } from "./listed.ts";

function entry(meetingId: string, name: string): RegisterEntry {
  const times = { firstJoinedAt: 1, lastLeftAt: 60_000 };
  return {
    ...{ meetingId, personId: name, userId: null, name, nameKey: foldName(name), ...times },
    ...{ attendedMs: 59_999, openSince: null, isWaiting: false, hostedFrom: null, joined: null },
    sureness: asReported(times),
  };
}

const factsOf = (entries: RegisterEntry[]): RegisterFacts => ({
  meetings: [],
  entries,
  userIdsLast: false,
  graceMs: 0,
});

test("every line of the list has one row, and every person seen is in one, with any aliases", () => {
  const NAMES = ["Anna", "Ben", "Cleo", "iPhone", "anna"];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom("m1", "m2", "m3"), fc.constantFrom(...NAMES)), {
        maxLength: 12,
      }),
      fc.array(fc.tuple(fc.nat(2), fc.constantFrom("iphone", "ben")), { maxLength: 3 }),
      (seen, links) => {
        const people = roster("Anna", "Ben", "Cleo");
        const keys = [...entryKeys(people).values()];
        const aliases = links.map(([at, value]): RosterAlias => {
          return { entry: keys[at] ?? "", knownBy: "name", value, seenAs: null, by: "Mia" };
        });
        const entries = seen.map(([meeting, name], at) => ({
          ...entry(meeting, name),
          personId: String(at),
        }));
        const rows = listedIn(factsOf(entries), { people, aliases });
        expect(rows.flatMap(({ onList }) => onList ?? [])).toEqual(people);
        const found = rows.flatMap(({ attendee }) => [...attendee.entries.values()].flat());
        expect(found.map(({ personId }) => personId).toSorted()).toEqual(
          entries.map(({ personId }) => personId).toSorted(),
        );
      },
    ),
  );
});

test("an operator's alias counts in every meeting, before the name itself", () => {
  const people = roster("Anna", "Ben");
  const aliases: RosterAlias[] = [
    { entry: "n:anna", knownBy: "name", value: "iphone", seenAs: "iPhone", by: "Mia" },
  ];
  const entries = [entry("m1", "iPhone"), entry("m2", "Anna"), entry("m3", "iPhone")];
  const [anna, ben, ...guests] = listedIn(factsOf(entries), { people, aliases });
  expect([...(anna?.attendee.entries.keys() ?? [])].toSorted()).toEqual(["m1", "m2", "m3"]);
  expect(ben?.attendee.entries.size).toBe(0);
  expect(guests).toEqual([]);
});
