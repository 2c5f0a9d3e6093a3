import { foldName } from "./name.ts";

/*
 * Programs that join a meeting to record it or to take notes. They are recognized by whole words of their
 * name, never by a part of one: Otterbein, Readman and Gongora are people, and so are Fathom Lee and Jan
 * Bot.
 */

/** Adjacent words, in this order, that are part of no person's name. */
const PHRASES = `
  notetaker, notetakers, note taker, note takers, notetaking bot, note taking bot, ai note taking, ai notes,
  ai meeting notes, ai meeting assistant, ai transcriber, ai recorder, ai scribe, ai companion, ai meeting manager,
  meeting recorder, meeting bot, meetingbot, recording bot, recorder bot, recordbot, transcription bot,
  attendee bot, recall ai, otter ai, otterpilot, otter pilot, fireflies ai, read ai, read meeting notes,
  fathom ai, fathom video, tldv, tl dv, meetgeek, fellow ai, fellow app, avoma ai, avoma assistant, gong io,
  chorus ai, chorus by zoominfo, sembly ai, granola ai, granola so, notta ai, supernormal ai, grain co,
  krisp ai, zoom ai, teams copilot, microsoft copilot, microsoft 365 copilot, m365 copilot, clari copilot,
  gemini notes, take notes for me, airgram, bluedot ai, circleback ai, spinach ai, spinach io, meetjamie,
  laxis ai, nyota ai, noota ai, tactiq io, tactiq ai, claap io, modjo ai, metaview ai, brighthire ai,
  leexi ai, bliro io, tucan ai, meetrecord, scribbl, rewatch ai, colibri ai, happyscribe, happy scribe,
  plaud ai, vowel ai, protokollbot, asistente de notas, assistente de notas, prise de notes ia,
  議事録ボット, ai議事録, ai 議事録, 会议纪要助手, ai会议纪要, 회의록 봇, ai 회의록, протокол бот, бот протоколист
`;
const UNMISTAKABLE = anyOf(PHRASES);

/** Makers whose name may be a person's, or an ordinary word: only with one of `WITH` it is a note-taker. */
const MAKERS = new Set(
  splitWords(`otter fireflies read fathom fellow avoma gong chorus sembly granola notta supernormal grain krisp zoom
    teams copilot airgram bluedot circleback laxis nyota noota tactiq claap modjo metaview brighthire leexi
    bliro attendee zoominfo salesloft webex`),
);
const WITH = new Set(splitWords("bot recorder recording transcriber transcript transcription"));

/** Names that are a note-taker's only where they are the whole name. */
const ALONE = new Set([
  ...[
    "fireflies",
    "avoma",
    "sembly",
    "notta",
    "supernormal",
    "tactiq",
    "noota",
    "copilot",
    "recorder",
  ],
  ...["ai bot", "ai assistant", "meeting assistant", "meeting notes", "notes bot", "recording"],
]);

/** Every word of all of these. */
const TAKER_WORDS: ReadonlySet<string> = new Set([
  ...splitWords(PHRASES),
  ...MAKERS,
  ...WITH,
  ...[...ALONE].flatMap(splitWords),
]);

/**
 * Whether a name is that of a note-taker. `own` are phrases entered for the source, each a name or words
 * out of one. A phrase that begins with a minus belongs to a person despite their name.
 */
export function isNoteTakerName(name: string | null, own: readonly string[] = []): boolean {
  const spoken = wordsOf(name);
  if (spoken.length === 0) return false;
  const text = spaced(spoken);
  for (const phrase of own) {
    if (phrase.startsWith("-") && text === spaced(wordsOf(phrase))) return false;
  }
  return (
    own.some((phrase) => !phrase.startsWith("-") && containsPhrase(text, wordsOf(phrase))) ||
    ALONE.has(spoken.join(" ")) ||
    UNMISTAKABLE.test(text) ||
    isOfMaker(spoken)
  );
}

/** Whether a folded word is one of those by which note-takers are recognised. */
export function isNoteTakerWord(word: string): boolean {
  return TAKER_WORDS.has(word);
}

/** The name has the maker and the kind of program: `Gong Recorder`, `Recording by Fathom`. */
function isOfMaker(spoken: readonly string[]): boolean {
  return spoken.some((word) => WITH.has(word)) && spoken.some((word) => MAKERS.has(word));
}

function containsPhrase(text: string, phrase: readonly string[]): boolean {
  return phrase.length > 0 && text.includes(spaced(phrase));
}

/** With a space around every word, so that only whole ones are found in it. */
function spaced(some: readonly string[]): string {
  return ` ${some.join(" ")} `;
}

/** The folded words of a name, parted at everything that is no letter and no digit. */
function wordsOf(name: string | null): string[] {
  return splitWords(foldName(name) ?? "");
}

/** Japanese writes no spaces: hiragana, as の, separates its words. */
function splitWords(text: string): string[] {
  return text.match(/\p{sc=Hiragana}+|(?:(?!\p{sc=Hiragana})[\p{L}\p{M}\p{N}])+/gu) ?? [];
}

/** Matches any of the phrases in a text made by `spaced`. A phrase is letters, digits and spaces. */
function anyOf(list: string): RegExp {
  const phrases = list.split(",").map((phrase) => wordsOf(phrase).join(" "));
  return new RegExp(` (?:${phrases.join("|")}) `, "u");
}
