import { expect, test } from "vitest";
import { previewWords } from "./preview-note.tsx";

const nothing = { meetings: 200, parted: 0, joined: 0, changed: 0, people: 0 };

test.each([
  [{}, "Nothing of the last 200 meetings would change."],
  [{ parted: 3 }, "3 of the last 200 meetings would be parted."],
  [{ joined: 2 }, "2 of the last 200 meetings would become one with another."],
  [
    { parted: 3, joined: 2, changed: 1, people: 4 },
    "3 of the last 200 meetings would be parted, 2 would become one with another and in 1 more the times of 4 people would change.",
  ],
  [
    { changed: 17, people: 20 },
    "In 17 of the last 200 meetings the times of 20 people would change.",
  ],
  [{ meetings: 1, parted: 1 }, "The only meeting would be parted."],
  [{ meetings: 0 }, "It has no meetings yet that this would change."],
])("%j is said", (counts, words) => {
  expect(previewWords({ ...nothing, ...counts })).toBe(words);
});
