import { describe, expect, it, test } from "vitest";
import type { Lobby } from "#domain/desk/lobby/lobby.ts";
import { LOBBY_LANGUAGES, languageFor } from "./languages.ts";
import { lobbyDocument } from "./lobby-document.ts";
import { lobbyLines } from "./lobby-lines.ts";
import { countedIn, LOBBY_MESSAGES } from "./messages.ts";

const NOW = Date.UTC(2026, 10, 30, 10, 5);
const lobby: Lobby = {
  ...{ name: "Dr Wolf", isOpen: true, changesAt: null, timeZone: "UTC" },
  ...{ waiting: 3, before: 2, hostIsThere: false, message: null, asOf: NOW },
  usual: { fromMinutes: 4, toMinutes: 9, atThisHour: true },
};

describe("the page for who waits", () => {
  it("says the place, the usual wait and the host, and when it is closed nothing of these", () => {
    expect(lobbyLines(lobby, "en")).toMatchObject({
      head: "2 people are before you",
      usual: "People usually wait 4 to 9 minutes at this hour.",
      host: "Your host is not there yet",
      asOf: "As of 10:05 AM",
    });
    expect(lobbyLines({ ...lobby, before: 0 }, "en").head).toBe("You are next");
    expect(lobbyLines({ ...lobby, before: null }, "en").head).toBe("3 people are waiting");
    const opens = Date.UTC(2026, 11, 1, 8);
    expect(lobbyLines({ ...lobby, isOpen: false, changesAt: opens }, "de")).toMatchObject({
      ...{ head: "Geschlossen", note: "Öffnet Dienstag, 08:00", usual: null, host: null },
    });
  });

  test.each(LOBBY_LANGUAGES)(
    "is whole in %s, with every name filled in, and its own direction",
    (language) => {
      for (const before of [null, 0, 1, 2, 3, 11, 100]) {
        const html = lobbyDocument(
          { is: "open", lobby: { ...lobby, before, waiting: 120 } },
          { language, nonce: "n" },
        );
        const text = html.replace(/<(style|script)[\s\S]*?<\/\1>/g, "");
        expect(text).not.toMatch(/\{\w+\}|undefined|null/);
        expect(html).toContain(
          `<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`,
        );
      }
      expect(LOBBY_MESSAGES[language].before.other).toContain("{n}");
    },
  );

  it("has nothing in it that somebody entered as markup", () => {
    const evil = `"><script>alert(1)</script><img src=x onerror='1'>`;
    const html = lobbyDocument(
      { is: "open", lobby: { ...lobby, name: evil, message: { text: evil, at: NOW } } },
      { language: "en", nonce: evil },
    );
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img");
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it("counts in the forms that a language has", () => {
    const { before } = LOBBY_MESSAGES.ar;
    expect([1, 2, 3].map((n) => countedIn("ar", before, n))).toEqual([
      ...["شخص واحد قبلك", "شخصان قبلك"],
      expect.stringContaining("أشخاص قبلك"),
    ]);
  });

  test.each([
    [null, "fr-CH, fr;q=0.9, en;q=0.8", "fr"],
    [null, "pt, es;q=0.4, de;q=0.7", "de"],
    ["ar", "fr", "ar"],
    ["xx", "tr", "en"],
    [null, null, "en"],
  ] as const)(
    "is in the language that is asked for, or preferred: %s %s",
    (asked, accepted, is) => {
      expect(languageFor(asked, accepted)).toBe(is);
    },
  );
});
