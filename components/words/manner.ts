import { type LocaleSettings, PLAIN } from "#domain/viewer/viewer.ts";

/*
 * Some hundred places say a number or a time, and a page has one manner for all of them, as it has one
 * language. So it is not handed from one to the next: the server says it on the page's first element, and the
 * browser reads it there. While the server draws, it is that of the request.
 */

/** Where the server leaves what tells the manner of the request that it draws. */
const ASKED = Symbol.for("rollcall.manner");

let read: { text: string; settings: LocaleSettings } = { text: "", settings: PLAIN };

/** How whoever looks reads numbers, clocks and weeks. */
export function localeSettings(): LocaleSettings {
  if (typeof document === "undefined") return ofRequest() ?? PLAIN;
  const text = document.documentElement.dataset["manner"] ?? "";
  if (text !== read.text) read = { text, settings: text === "" ? PLAIN : JSON.parse(text) };
  return read.settings;
}

function ofRequest(): LocaleSettings | null {
  const ask: unknown = Reflect.get(globalThis, ASKED);
  return typeof ask === "function" ? ask() : null;
}
