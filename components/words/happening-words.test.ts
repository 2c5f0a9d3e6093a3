import { expect, it } from "vitest";
import { wordsFor } from "./happening-words.ts";

it("says what happened in a few words", () => {
  expect(wordsFor({ kind: "joined" })).toMatchObject({ verb: "joined", meeting: "into" });
  expect(wordsFor({ kind: "waiting" }).verb).toBe("is waiting for");
  expect(wordsFor({ kind: "admitted", waited_ms: 72_000 }).verb).toBe("admitted after 1:12");
  expect(wordsFor({ kind: "reconnected", away_ms: 9_000 }).verb).toBe("reconnected after 9 s");
  expect(wordsFor({ kind: "left_before_admitted", waited_ms: 266_000, short: false }).verb).toBe(
    "left before admitted after 4:26",
  );
  expect(wordsFor({ kind: "host_changed", is_host: false }).verb).toBe("is no longer host");
  expect(wordsFor({ kind: "meeting_ended" })).toMatchObject({ verb: "ended", meeting: "alone" });
});
