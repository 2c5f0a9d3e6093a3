/** What a part of a text of JSON is. */
export type JsonKind = "key" | "text" | "number" | "word" | "rest";

export interface JsonPart {
  kind: JsonKind;
  text: string;
}

const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g;
/** Names of fields whose values let somebody in, in a body that a provider or a program sent. */
const SECRETS = /secret|password|passcode|token|authori[sz]ation|api_?key|credential|cookie/i;
/** In place of such a value. */
const SECRET_HIDDEN = "•••";

/** A text of JSON in parts, which together are that text: what is a name of a field, a text, a number, or a word. */
export function jsonParts(text: string): JsonPart[] {
  const parts: JsonPart[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    if (match.index > end) parts.push({ kind: "rest", text: text.slice(end, match.index) });
    const [token, colon = ""] = match;
    if (colon !== "") {
      parts.push({ kind: "key", text: token.slice(0, -colon.length) });
      parts.push({ kind: "rest", text: colon });
    } else {
      parts.push({ kind: kindOf(token), text: token });
    }
    end = match.index + token.length;
  }
  if (end < text.length) parts.push({ kind: "rest", text: text.slice(end) });
  return parts;
}

function kindOf(token: string): JsonKind {
  if (token.startsWith('"')) return "text";
  return /^[-\d]/.test(token) ? "number" : "word";
}

/** The same text without the texts and numbers that are called as secrets are; to the letter as it was otherwise. */
export function withoutSecrets(text: string): string {
  let key = "";
  return jsonParts(text)
    .map((part) => {
      if (part.kind === "key") key = part.text;
      const isValue = part.kind === "text" || part.kind === "number";
      return isValue && SECRETS.test(key) && part.text !== '""' ? `"${SECRET_HIDDEN}"` : part.text;
    })
    .join("");
}
