/**
 * Any plain data as the text that a page carries of it. A page holds it as text within text, where every quote costs,
 * and the same names stand in it again and again: here every word is said once, and all that is left are numbers.
 */
export function pack(value: unknown): string {
  const words = new Map<unknown, number>();
  const shapes = new Map<string, number>();
  const placeIn = <Key>(places: Map<Key, number>, key: Key): number => {
    const position = places.get(key) ?? places.size;
    places.set(key, position);
    return position;
  };
  const write = (part: unknown): string => {
    if (typeof part !== "object" || part === null) return String(placeIn(words, part));
    if (Array.isArray(part)) return `[${[LIST, ...part.map(write)].join(",")}]`;
    const fields = Object.entries(part).filter(([, field]) => field !== undefined);
    const shape = placeIn(shapes, JSON.stringify(fields.map(([name]) => name)));
    return `[${[shape, ...fields.map(([, field]) => write(field))].join(",")}]`;
  };
  const tree = write(value);
  return JSON.stringify({ words: [...words.keys()], shapes: [...shapes.keys()], tree });
}

/** Gives what was packed, as it was: whoever reads it knows what that is. */
export function unpack(text: string): ReturnType<typeof JSON.parse> {
  const { words, shapes, tree }: { words: unknown[]; shapes: string[]; tree: string } =
    JSON.parse(text);
  const names: string[][] = shapes.map((shape) => JSON.parse(shape));
  return JSON.parse(tree, (place, part: number | unknown[]) => {
    // The first of each is its shape; every other number is a word, and every list was read by then.
    if (typeof part === "number") return place === SHAPE ? part : words[part];
    if (!Array.isArray(part)) return part;
    const [shape, ...fields] = part;
    if (shape === LIST) return fields;
    return Object.fromEntries(
      (names[Number(shape)] ?? []).map((name, index) => [name, fields[index]]),
    );
  });
}

/** What is a list and no object, where an object has the number of its shape; and where that stands. */
const LIST = -1;
const SHAPE = "0";
