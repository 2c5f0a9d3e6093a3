import { type LocaleSettings, PLAIN } from "#domain/viewer/viewer.ts";

/*
 * Some hundred components show a number or a time, and a page has one set of locale settings for all of them. So they
 * are no props: the server writes them on the page's first element, and the browser reads them there. While the server
 * renders, they are those of the request.
 */

/** The global key of the server's function that returns the locale settings of the request being rendered. */
const ASKED = Symbol.for("rollcall.manner");

let read: { text: string; settings: LocaleSettings } = { text: "", settings: PLAIN };

/** The reader's locale settings: how numbers, clocks and weeks are written. */
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
