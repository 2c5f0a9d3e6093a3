import type { Lobby } from "#domain/desk/lobby/lobby.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { LobbyLanguage } from "./languages.ts";
import { countedIn, filled, LOBBY_MESSAGES } from "./messages.ts";

/** What the page says, in a language: texts alone, in the order in which they matter. */
export interface LobbyLines {
  /** How it stands, in the largest letters. */
  head: string;
  /** Beside it. */
  note: string | null;
  hours: string | null;
  host: string | null;
  usual: string | null;
  usualNote: string | null;
  message: string | null;
  asOf: string;
}

/** What somebody who waits is told. Outside the hours nothing is promised. */
export function lobbyLines(lobby: Lobby, language: LobbyLanguage): LobbyLines {
  const words = LOBBY_MESSAGES[language];
  const { isOpen, waiting, before, hostIsThere, message, usual, changesAt, timeZone, asOf } = lobby;
  const at = (moment: Ms) => timeIn(moment, asOf, language, timeZone);
  const shared = {
    message: message?.text ?? null,
    asOf: filled(words.asOf, { time: at(asOf) }),
  };
  if (!isOpen) {
    const opens = changesAt === null ? null : filled(words.opensAt, { time: at(changesAt) });
    return {
      ...{ head: words.closed, note: opens, hours: null, host: null },
      ...{ usual: null, usualNote: null, ...shared },
    };
  }
  return {
    ...placeOf(lobby, language),
    hours: changesAt === null ? null : filled(words.closesAt, { time: at(changesAt) }),
    host: waiting > 0 || before !== null || hostIsThere ? hostWords(hostIsThere, words) : null,
    usual: usual && usualWords(usual, language),
    usualNote: usual && words.usualNow,
    ...shared,
  };
}

function placeOf(
  { waiting, before }: Lobby,
  language: LobbyLanguage,
): Pick<LobbyLines, "head" | "note"> {
  const words = LOBBY_MESSAGES[language];
  const all = waiting === 0 ? words.nobodyWaits : countedIn(language, words.waiting, waiting);
  if (before === null || waiting === 0) return { head: all, note: null };
  if (before === 0) return { head: words.next, note: words.sinceOpened };
  return { head: countedIn(language, words.before, before), note: words.sinceOpened };
}

function hostWords(isThere: boolean, words: { hostIsThere: string; hostIsNotThere: string }) {
  return isThere ? words.hostIsThere : words.hostIsNotThere;
}

function usualWords(
  { fromMinutes, toMinutes, atThisHour }: NonNullable<Lobby["usual"]>,
  language: LobbyLanguage,
): string {
  const words = LOBBY_MESSAGES[language];
  const number = new Intl.NumberFormat(language);
  const range = filled(fromMinutes === 0 ? words.usualUpTo : words.usual, {
    from: number.format(fromMinutes),
    to: number.format(toMinutes),
  });
  return `${range}${atThisHour ? ` ${words.atThisHour}` : ""}.`;
}

/** A time, with its day where that is another than the day of `now`. */
function timeIn(moment: Ms, now: Ms, language: LobbyLanguage, timeZone: string): string {
  const dayOf = (at: Ms) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
  const day = dayOf(moment) === dayOf(now) ? {} : ({ weekday: "long" } as const);
  const time = { ...day, hour: "numeric", minute: "2-digit", timeZone } as const;
  return new Intl.DateTimeFormat(language, time).format(moment);
}
