import { describe, expect, it } from "vitest";
import { isNoteTakerName } from "./note-taker.ts";

const PROGRAMS = [
  "Jonas's Notetaker (Otter.ai)",
  "Notetaker von Jürgen",
  "Mira’s note-taker",
  "NOTE TAKER",
  "Ｎｏｔｅｔａｋｅｒ (Mira)",
  "read.ai meeting notes",
  "Read.ai",
  "Otter.ai",
  "OtterPilot",
  "Fireflies.ai Notetaker",
  "Fred from Fireflies.ai",
  "Fireflies",
  "Fathom Notetaker",
  "Fathom Recorder",
  "Recording by Fathom",
  "tl;dv",
  "tldv.io",
  "MeetGeek Notetaker",
  "meetgeek.ai",
  "Fellow AI Notetaker",
  "Avoma Assistant",
  "Gong Recorder",
  "gong.io",
  "Chorus Recording",
  "chorus.ai",
  "Sembly AI",
  "Granola AI",
  "Notta Bot",
  "Notta",
  "Supernormal",
  "Grain Recorder",
  "Krisp AI Notetaker",
  "Zoom AI Companion",
  "Microsoft 365 Copilot",
  "Teams Copilot",
  "Attendee Bot",
  "Meeting Recorder",
  "山田の議事録ボット",
  "AI議事録",
  "会议纪要助手",
  "회의록 봇",
  "Протокол-бот",
];

const PEOPLE = [
  "Frank Otterbein",
  "Otter Jensen",
  "Lotte Readman",
  "Al Read",
  "Read Montague",
  "Luis Gongora",
  "Gong Ai",
  "Gong Li",
  "Fathom Lee",
  "Fathom",
  "Jan Bot",
  "Anneke Bot-Visser",
  "Ai Tanaka",
  "Ai",
  "Grain Miller",
  "Chorus Choir Berlin",
  "Fellow Traveller",
  "Research Fellow Kim",
  "Granola Jones",
  "Krispin Wah",
  "Krisp Olsen",
  "Sallie Mae Recordon",
  "Nota Bene",
  "Copilot Captain Ruiz",
  "Zoom user",
  "Zoomer",
  "Teams Room 4",
  "Jamie Ai",
  "Jamie Bot",
  "Sally Ai",
  "Botond Kiss",
  "Abbott, Carole",
  "Carole Bothin",
  "Aidan Companion",
  "Noteboom",
  "Scribe, Peter",
  "iPhone",
  "山田 愛",
  "艾 读",
  "김아이",
  "Робот Иванович",
  "Ольга Протоколова",
  "עידו רביד",
  "محمد آی",
  "",
  "🙂",
];

describe("whether a name is that of a note-taker", () => {
  it.each(PROGRAMS)("%s is one", (name) => {
    expect(isNoteTakerName(name)).toBe(true);
  });

  it.each(PEOPLE)("%s is no note-taker", (name) => {
    expect(isNoteTakerName(name)).toBe(false);
  });

  it("is false without a name", () => {
    expect(isNoteTakerName(null)).toBe(false);
  });

  it("matches the source's own phrases as whole words, in any spelling", () => {
    const own = ["Minutes Helper", "протоколист"];
    expect(isNoteTakerName("MINUTES-HELPER of Ada", own)).toBe(true);
    expect(isNoteTakerName("Протоколист (отдел)", own)).toBe(true);
    expect(isNoteTakerName("Minutes Helperin", own)).toBe(false);
    expect(isNoteTakerName("Протоколистова", own)).toBe(false);
  });

  it("takes a name with a minus as a person, and ignores an empty phrase", () => {
    expect(isNoteTakerName("Notta", ["-notta"])).toBe(false);
    expect(isNoteTakerName("Notta Bot", ["-notta"])).toBe(true);
    expect(isNoteTakerName("Ada", ["", "-", " ; "])).toBe(false);
  });
});
