import { describe, expect, test } from "vitest";
import { meetingMatched } from "#domain/meetings/attendee-found.ts";
import { personMatched } from "./matched.ts";
import type { KnownAs } from "./people.ts";

const knownAs = (id: string, name: string, userId: string | null = null): KnownAs => ({
  id,
  userId,
  name,
  knownBy: userId === null ? "name" : "user_id",
  source: { id: "s", provider: "daily", name: "Clinic" },
});

describe("the reason why a search matched", () => {
  const nina = {
    name: "Nina Wolf",
    knownAs: [knownAs("a", "Nina Wolf", "n-1"), knownAs("b", "iPad")],
  };

  test("is nothing, where the name shows it", () => {
    expect(personMatched(nina, "wolf ni", { identity: "a", name: "Nina K." })).toBeNull();
  });

  test("is a former name, the name of a joined person, or a user id", () => {
    expect(personMatched(nina, "nina k", { identity: "a", name: "Nina K." })).toEqual({
      name: "Nina K.",
      as: "former_name",
    });
    expect(personMatched(nina, "ipad", { identity: "b", name: "iPad" })).toEqual({
      name: "iPad",
      as: "joined",
    });
    expect(personMatched(nina, "n-1", null)).toEqual({ name: "n-1", as: "user_id" });
  });

  test("is, for a meeting, its room, a person, or a person by another name", () => {
    const meeting = { room: "clinic-1", title: "Clinic" };
    expect(meetingMatched(meeting, "clin", { called: "Clint", name: "Clint" })).toBeNull();
    expect(meetingMatched(meeting, "kohler", { called: "Jo Köhler", name: "Jo Köhler" })).toEqual({
      person: "Jo Köhler",
      otherName: null,
    });
    expect(meetingMatched(meeting, "nina k", { called: "Nina Wolf", name: "Nina K." })).toEqual({
      person: "Nina Wolf",
      otherName: "Nina K.",
    });
  });
});
