import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { DEAD_CONNECTION_MS, NAMESAKES } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import {
  clock,
  histories,
  joins,
  knocks,
  leaves,
  rules,
  updates,
} from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import { namesNobody } from "./generic-names.ts";
import { foldName } from "./name.ts";

function connectionOf({ participants }: PersonView, { participantId }: Visit) {
  return participants.find(({ id }) => id === participantId);
}

describe("who is who", () => {
  it("follows the user id, over devices and names", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { session: "1", user: "u" })],
      ["10:01", joins("Ada (phone)", { session: "2", user: "u" })],
    );
    expect(view.people).toMatchObject([
      { id: "u:u", identifiedBy: "user_id", participantIds: ["1", "2"], name: "Ada (phone)" },
    ]);
    expect(view.presentCount).toBe(1);
  });

  it("takes guests of one name after each other as one, and marks it as inferred", () => {
    const view = meetingOfLines(
      ["10:00", joins("ＡＤＡ", { session: "1" })],
      ["10:05", leaves("ＡＤＡ", { session: "1" })],
      ["10:06", joins(" ada ", { session: "2" })],
    );
    expect(view.people).toMatchObject([{ id: "c:1", identifiedBy: "name" }]);
  });

  it("leaves two at the same time two", () => {
    const view = meetingOfLines(
      ["10:00", joins("iPhone", { session: "1" })],
      ["10:01", joins("iPhone", { session: "2" })],
    );
    expect(view.people.map(({ identifiedBy }) => identifiedBy)).toEqual([
      "connection",
      "connection",
    ]);
  });

  it("leaves two who met for a second two, and takes one who came back at once as one", () => {
    const peopleIf = (time: string) =>
      meetingOfLines(
        ["10:00", joins("iPhone", { session: "1" })],
        ["10:05", leaves("iPhone", { session: "1" })],
        [time, joins("iPhone", { session: "2" })],
      ).people.length;
    expect(peopleIf("10:04:59")).toBe(2);
    expect(peopleIf("10:05")).toBe(1);
    expect(peopleIf("10:05:01")).toBe(1);
  });

  it("never joins two who were in at the same time", () => {
    let together = 0;
    fc.assert(
      fc.property(histories({ maxLength: 40 }), (events) => {
        for (const one of projectMeeting(events, rules, clock("13:00")).people) {
          if (one.identifiedBy !== "name") continue;
          together += 1;
          for (const [index, visit] of one.visits.entries()) {
            const next = one.visits[index + 1];
            if (next === undefined || next.participantId === visit.participantId) continue;
            const both = [connectionOf(one, visit), connectionOf(one, next)];
            const guest = both.find((connection) => connection?.userId === null);
            // One user id may be on several devices.
            if (guest === undefined) continue;
            // A name that names no person allows no overlap of guests without an id.
            const slack = namesNobody(foldName(guest.name) ?? "") ? 0 : DEAD_CONNECTION_MS;
            expect(visit.leftAt ?? Infinity).toBeLessThanOrEqual(next.joinedAt + slack);
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(together).toBeGreaterThan(50);
  });

  it("never joins different user ids, nor empty names", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { session: "1", user: "u1" })],
      ["10:05", leaves("Ada", { session: "1", user: "u1" })],
      ["10:06", joins("Ada", { session: "2", user: "u2" })],
      ["10:07", joins(" ", { session: "3" })],
      ["10:08", leaves(" ", { session: "3" })],
      ["10:09", joins(null, { session: "4" })],
    );
    expect(view.people).toHaveLength(4);
  });

  it("takes every connection as a person where a user id has more people than can be told apart", () => {
    const named = (count: number) => {
      const lines = Array.from({ length: count }, (_, at): [string, ReturnType<typeof joins>] => [
        "10:00",
        joins(`Person ${at}x`, { session: `${at}`, user: "u" }),
      ]);
      const again = joins("Person 0x", { session: "again", user: "u" });
      return meetingOfLines(...lines, ["10:00", again]).people.length;
    };
    expect(named(NAMESAKES)).toBe(NAMESAKES);
    expect(named(NAMESAKES + 1)).toBe(NAMESAKES + 2);
  });

  it("learns a user id later", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada", { session: "1" })],
      ["10:01", joins("Ada", { session: "1", user: "u" })],
    );
    expect(view.people).toMatchObject([{ id: "u:u", waits: [{ outcome: "admitted" }] }]);
  });

  it("folds case, width, composition and spaces, and preserves accents", () => {
    expect(foldName("Jose\u0301  NU\u0301N\u0303EZ")).toBe(foldName("josé núñez"));
    expect(foldName("Straße")).toBe(foldName("STRASSE"));
    expect(foldName("ΟΔΥΣΣΕΥΣ")).toBe(foldName("οδυσσευς"));
    expect(foldName("Ada\u200b")).toBe(foldName("ada"));
    expect(foldName("José")).not.toBe(foldName("Jose"));
    expect(foldName(" \u3000 ")).toBeNull();
  });

  it("folds plain names, which take a shortcut, like all others", () => {
    const plain = fc.oneof(fc.string(), fc.lorem(), fc.string({ minLength: 600, maxLength: 700 }));
    fc.assert(
      fc.property(plain, (name) => {
        expect(foldName(name)).toBe(foldName(`${name}\u200b`));
      }),
    );
  });
});

describe("the host", () => {
  const tenures = (view: ReturnType<typeof meetingOfLines>, name: string) =>
    person(view, name).tenures.map(
      ({ from, to, inferred }) => `${span(from, to)}${inferred ? " inferred" : ""}`,
    );

  it("is host for the visits that report it, a reconnect within the grace included", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { session: "1", user: "u", host: true })],
      ["10:10", leaves("Ada", { session: "1", user: "u", host: true })],
      ["10:10:20", joins("Ada", { session: "2", user: "u", host: true })],
      ["10:30", leaves("Ada", { session: "2", user: "u", host: true })],
      ["10:05", joins("Bo", { host: false })],
    );
    expect(tenures(view, "Ada")).toEqual(["10:00:00–10:30:00"]);
    expect(tenures(view, "Bo")).toEqual([]);
  });

  it("is uncertain where the flag differs between join and leave", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { host: false })],
      ["10:30", leaves("Ada", { host: true })],
      ["10:00", joins("Bo", { host: true })],
      ["10:20", leaves("Bo", { host: false })],
    );
    expect(tenures(view, "Ada")).toEqual(["10:00:00–10:30:00 inferred"]);
    expect(tenures(view, "Bo")).toEqual(["10:00:00–10:20:00 inferred"]);
  });

  it("changes exactly where an update reports it", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { host: false })],
      ["10:10", updates("Ada", { host: true })],
      ["10:20", updates("Ada", { host: false })],
      ["10:30", leaves("Ada", { host: false })],
    );
    expect(tenures(view, "Ada")).toEqual(["10:10:00–10:20:00"]);
    expect(person(view, "Ada").isHost).toBe(false);
  });
});
