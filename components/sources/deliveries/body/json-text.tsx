import { useMemo } from "react";
import { type JsonKind, jsonParts } from "#domain/sources/deliveries/json-tokens.ts";

const COLOURS: Record<JsonKind, string | undefined> = {
  key: "text-host-ink",
  text: "text-present-ink",
  number: "text-waiting-ink",
  word: "text-lost-ink",
  rest: "text-ink-2",
};

/** Longer texts are shown without colours: each part is an element of the page. */
const MOST_COLOURED = 100_000;

/** A text of JSON in colours: names of fields, texts, numbers and words. */
export function JsonText({ text }: { text: string }) {
  const parts = useMemo(() => (text.length > MOST_COLOURED ? null : placed(text)), [text]);
  if (parts === null) return <>{text}</>;
  return parts.map(({ at, kind, text: own }) => (
    <span key={at} className={COLOURS[kind]}>
      {own}
    </span>
  ));
}

/** The parts with where each begins. */
function placed(text: string) {
  let at = 0;
  return jsonParts(text).map((part) => {
    const own = { ...part, at };
    at += part.text.length;
    return own;
  });
}
