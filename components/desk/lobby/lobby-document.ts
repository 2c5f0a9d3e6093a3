import type { Lobby } from "#domain/desk/lobby/lobby.ts";
import { directionOf, LANGUAGE_NAMES, LOBBY_LANGUAGES, type LobbyLanguage } from "./languages.ts";
import { lobbyLines } from "./lobby-lines.ts";
import { LOBBY_SCRIPT } from "./lobby-script.ts";
import { LOBBY_STYLE } from "./lobby-style.ts";
import { LOBBY_MESSAGES } from "./messages.ts";

/** What a page for who waits shows: how the room stands, or why it does not. */
export type LobbyShown = { is: "open"; lobby: Lobby } | { is: "unknown" } | { is: "too often" };

/**
 * The page for who waits, whole: it needs no script, and with its own few lines brings itself up to date. It is made
 * of texts, in which nothing of what somebody entered is markup.
 */
export function lobbyDocument(
  shown: LobbyShown,
  { language, nonce }: { language: LobbyLanguage; nonce: string },
): string {
  const words = LOBBY_MESSAGES[language];
  const name = shown.is === "open" ? shown.lobby.name : words.title;
  const mark = ` nonce="${escaped(nonce)}"`;
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<noscript><meta http-equiv="refresh" content="20"></noscript>
<title>${escaped(shown.is === "open" ? `${name} · ${words.title}` : words.title)}</title>
<style${mark}>${LOBBY_STYLE}</style>
</head>
<body>
<main>${shown.is === "open" ? roomPart(shown.lobby, language) : refusedPart(shown.is, language)}</main>
<p class="stale" role="alert" hidden>${escaped(words.stale)}</p>
<nav aria-label="${escaped(words.language)}">${LOBBY_LANGUAGES.map((one) => linkTo(one, language)).join("")}</nav>
<script${mark}>${LOBBY_SCRIPT}</script>
</body>
</html>
`;
}

function roomPart(lobby: Lobby, language: LobbyLanguage): string {
  const words = LOBBY_MESSAGES[language];
  const lines = lobbyLines(lobby, language);
  const state = lobby.isOpen ? words.open : words.closed;
  const hours = lines.hours ?? state;
  return `<h1><bdi>${escaped(lobby.name)}</bdi></h1>
<p class="hours ${lobby.isOpen ? "open" : "closed"}">${escaped(hours)}</p>
<div role="status">
<p class="head">${escaped(lines.head)}</p>
${lines.note === null ? "" : `<p class="note">${escaped(lines.note)}</p>`}
${lines.message === null ? "" : `<section class="message" aria-label="${escaped(words.fromTheDesk)}"><h2>${escaped(words.fromTheDesk)}</h2><p dir="auto">${escaped(lines.message)}</p></section>`}
${lines.host === null ? "" : `<p class="host ${lobby.hostIsThere ? "there" : "away"}">${escaped(lines.host)}</p>`}
</div>
${lines.usual === null ? "" : `<p class="usual">${escaped(lines.usual)}</p><p class="note">${escaped(lines.usualNote ?? "")}</p>`}
<p class="as-of">${escaped(lines.asOf)} · ${escaped(words.staysOpen)}</p>`;
}

function refusedPart(is: "unknown" | "too often", language: LobbyLanguage): string {
  const words = LOBBY_MESSAGES[language];
  return is === "unknown"
    ? `<h1>${escaped(words.over)}</h1><p>${escaped(words.overAdvice)}</p>`
    : `<h1>${escaped(words.title)}</h1><p>${escaped(words.tooOften)}</p>`;
}

function linkTo(language: LobbyLanguage, shown: LobbyLanguage): string {
  const current = language === shown ? ' aria-current="true"' : "";
  return `<a href="?lang=${language}" lang="${language}" hreflang="${language}"${current}>${LANGUAGE_NAMES[language]}</a>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}
