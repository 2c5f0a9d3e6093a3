import { expect, test } from "vitest";
import type { Observer } from "#domain/meeting/observer.ts";
import { observerSentence, observerWords } from "./observer-words.ts";

const BOTS = {
  name: "bots",
  title: "Bots",
  senders: "Bots",
  roomKey: "the bot",
  addCommand: "source add",
  secretNote: "",
  switchOn: null,
  observerReasons: {
    could_not_join: "it could not join",
    left_outside: "nobody let it in in time",
  },
};

const bot = (state: Observer["state"], reason: string | null, by: string | null = null) => ({
  state,
  reason,
  by,
});

test.each<[Observer, string | null, string | null]>([
  [
    bot("not_let_in", "meeting_ended", "Jo Pahl"),
    "bot not let in (by Jo Pahl)",
    "The bot was not let in (by Jo Pahl). Nothing of the meeting was seen, so it does not count as one that took place.",
  ],
  [
    bot("not_let_in", "could_not_join/left_outside"),
    "bot not let in",
    "The bot was not let in: nobody let it in in time. Nothing of the meeting was seen, so it does not count as one that took place.",
  ],
  [
    bot("not_let_in", "could_not_join/a_new_way"),
    "bot not let in",
    "The bot was not let in: it could not join. Nothing of the meeting was seen, so it does not count as one that took place.",
  ],
  [
    bot("not_let_in", "vanished"),
    "bot not let in",
    "The bot was not let in: “vanished”. Nothing of the meeting was seen, so it does not count as one that took place.",
  ],
  [
    bot("removed", "meeting_ended", "Jo Pahl"),
    "bot removed by Jo Pahl",
    "The bot was removed by Jo Pahl. Nothing after that was seen.",
  ],
  [bot("left", "left_meeting"), null, null],
  [bot("let_in", null), null, null],
])("the words for a bot's state: %j", (observer, words, sentence) => {
  expect(observerWords(observer)).toBe(words);
  expect(observerSentence(observer, "bots", [BOTS])).toBe(sentence);
});

test("a reason is said in the words of the provider that reported it, and of no other", () => {
  const refused = bot("not_let_in", "could_not_join");
  expect(observerSentence(refused, "others", [BOTS])).toContain("“could_not_join”");
});
