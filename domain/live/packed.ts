/**
 * Packs plain data into the text that a page carries. A page embeds it as text within text, where every
 * quote costs, and the same names recur: here every string is stored once, and the rest are numbers.
 */
export function pack(value: unknown): string {
  const words = new Map<unknown, number>();
  const shapes = new Map<string, number>();
  const indexIn = <Key>(indexes: Map<Key, number>, key: Key): number => {
    const position = indexes.get(key) ?? indexes.size;
    indexes.set(key, position);
    return position;
  };
  const write = (part: unknown): string => {
    if (typeof part !== "object" || part === null) return String(indexIn(words, part));
    if (Array.isArray(part)) return `[${[LIST, ...part.map(write)].join(",")}]`;
    const fields = Object.entries(part).filter(([, field]) => field !== undefined);
    const shape = indexIn(shapes, JSON.stringify(fields.map(([name]) => name)));
    return `[${[shape, ...fields.map(([, field]) => write(field))].join(",")}]`;
  };
  const tree = write(value);
  return JSON.stringify({ words: [...words.keys()], shapes: [...shapes.keys()], tree });
}

/** Unpacks exactly what was packed; the caller knows its type. */
export function unpack(text: string): ReturnType<typeof JSON.parse> {
  const { words, shapes, tree }: { words: unknown[]; shapes: string[]; tree: string } =
    JSON.parse(text);
  const names: string[][] = shapes.map((shape) => JSON.parse(shape));
  return JSON.parse(tree, (key, part: number | unknown[]) => {
    // The first of each list is its shape; every other number indexes a word, and inner lists were
    // read before.
    if (typeof part === "number") return key === SHAPE ? part : words[part];
    if (!Array.isArray(part)) return part;
    const [shape, ...fields] = part;
    if (shape === LIST) return fields;
    return Object.fromEntries(
      (names[Number(shape)] ?? []).map((name, index) => [name, fields[index]]),
    );
  });
}

/** Marks a list, where an object has the number of its shape; and the index of that mark. */
const LIST = -1;
const SHAPE = "0";
