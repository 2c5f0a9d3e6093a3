/** Python refuses to nest JSON deeper than this, so nothing deeper can have been signed. */
const DEEPEST = 1_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const FIRST_PRINTABLE = 0x20;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The result of a scanner step for text that is not JSON; no JSON value is empty text. */
const INVALID = "";

interface Member {
  key: string;
  text: string;
}

/**
 * JSON text as Attendee signs it: keys sorted by code point at every level, no spaces, characters
 * beyond ASCII written plainly, numbers letter for letter as they came (`1.0` stays `1.0`).
 * `null` for text that is not JSON, or that Python could not have signed: nested deeper than it
 * reads, or with half of a surrogate pair, which UTF-8 cannot encode. Never throws.
 */
export function canonical(text: string): string | null {
  if (!text.isWellFormed()) return null;
  const scanner = new Scanner(text);
  const value = scanner.value(0);
  return value !== INVALID && scanner.isAtEnd() ? value : null;
}

/**
 * One pass over the text. Results are put together with `+=` and never joined on the way up:
 * V8 then copies every character once at the end, instead of once per level of nesting.
 */
class Scanner {
  readonly text: string;
  at = 0;
  /** The last scanned string with its escapes decoded. */
  decoded = "";

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return Number.isNaN(this.next());
  }

  value(depth: number): string {
    switch (this.next()) {
      case QUOTE:
        return this.string();
      case OPEN_OBJECT:
        return depth < DEEPEST ? this.object(depth) : INVALID;
      case OPEN_ARRAY:
        return depth < DEEPEST ? this.array(depth) : INVALID;
      case 0x74:
        return this.word("true");
      case 0x66:
        return this.word("false");
      case 0x6e:
        return this.word("null");
      default:
        return this.number();
    }
  }

  /** Skips white space and looks at what follows; `NaN` at the end. */
  private next(): number {
    const { text } = this;
    let code = text.charCodeAt(this.at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.at += 1;
      code = text.charCodeAt(this.at);
    }
    return code;
  }

  private object(depth: number): string {
    this.at += 1;
    if (this.next() === CLOSE_OBJECT) {
      this.at += 1;
      return "{}";
    }
    const members: Member[] = [];
    for (;;) {
      if (this.next() !== QUOTE) return INVALID;
      const quoted = this.string();
      if (quoted === INVALID) return INVALID;
      const key = this.decoded;
      if (this.next() !== COLON) return INVALID;
      this.at += 1;
      const value = this.value(depth + 1);
      if (value === INVALID) return INVALID;
      members.push({ key, text: `${quoted}:${value}` });
      const after = this.next();
      this.at += 1;
      if (after === CLOSE_OBJECT) return sorted(members);
      if (after !== COMMA) return INVALID;
    }
  }

  private array(depth: number): string {
    this.at += 1;
    if (this.next() === CLOSE_ARRAY) {
      this.at += 1;
      return "[]";
    }
    let out = "[";
    for (;;) {
      const value = this.value(depth + 1);
      if (value === INVALID) return INVALID;
      out += value;
      const after = this.next();
      this.at += 1;
      if (after === CLOSE_ARRAY) return `${out}]`;
      if (after !== COMMA) return INVALID;
      out += ",";
    }
  }

  private string(): string {
    const { text, at } = this;
    let end = at + 1;
    let escaped = false;
    for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(end)) {
      // Also refuses NaN, which `charCodeAt` gives past the end.
      if (!(code >= FIRST_PRINTABLE)) return INVALID;
      if (code === BACKSLASH) escaped = true;
      end += code === BACKSLASH ? 2 : 1;
    }
    this.at = end + 1;
    const quoted = text.slice(at, this.at);
    if (!escaped) {
      this.decoded = quoted.slice(1, -1);
      return quoted;
    }
    return this.unescaped(quoted);
  }

  /** `JSON.stringify` writes exactly the escapes that Python does when it leaves Unicode alone. */
  private unescaped(quoted: string): string {
    try {
      this.decoded = String(JSON.parse(quoted));
    } catch {
      return INVALID;
    }
    return this.decoded.isWellFormed() ? JSON.stringify(this.decoded) : INVALID;
  }

  private word(word: string): string {
    if (!this.text.startsWith(word, this.at)) return INVALID;
    this.at += word.length;
    return word;
  }

  private number(): string {
    NUMBER.lastIndex = this.at;
    const literal = NUMBER.exec(this.text)?.[0] ?? INVALID;
    this.at += literal.length;
    return literal;
  }
}

/** Of members with one key the last counts, as in Python; the sort is stable. */
function sorted(members: Member[]): string {
  members.sort(byCodePoint);
  let out = "{";
  members.forEach((member, index) => {
    if (members[index + 1]?.key === member.key) return;
    out += out === "{" ? member.text : `,${member.text}`;
  });
  return `${out}}`;
}

function byCodePoint({ key: a }: Member, { key: b }: Member): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** UTF-16 sorts characters beyond U+FFFF (surrogates) before U+E000; code points and UTF-8 sort them last. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
