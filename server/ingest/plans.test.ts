import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { addSource } from "#db/sources/sources.ts";
import { testDatabase } from "#db/testing/database.ts";
import {
  clock,
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  starts,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { arrival, record } from "./testing/recorder.ts";

/*
 * The recorder's statements are prepared and planned once, often while the tables are still empty. So each has
 * a shape with one sensible plan: it finds every row it reads by an index and the given values.
 */

let statements: Set<string>;
let filled: Database;
let empty: Database;
const drops: (() => Promise<void>)[] = [];

async function open(logger?: { logQuery: (text: string) => void }): Promise<Database> {
  const { url, drop } = await testDatabase();
  const database = openDatabase(url, { max: 2, ...(logger && { logger }) });
  drops.push(async () => {
    await database.close();
    await drop();
  });
  return database;
}

beforeAll(async () => {
  statements = new Set();
  filled = await open({ logQuery: (text) => void statements.add(text) });
  empty = await open();
  await everyWay(filled);
});
afterAll(async () => {
  for (const drop of drops) await drop();
});

/** Records in every way there is: latest, late, repeated, merged, parted, given up and come back. */
async function everyWay(database: Database): Promise<void> {
  const { orm } = database;
  const given = { provider: "daily", name: "Clinic", sealedSecret: Buffer.alloc(0) } as const;
  const source = await addSource(orm, given);
  const now = clock("23:00");
  const deliver = (...lines: Parameters<typeof minutes>) =>
    record(
      database,
      minutes(...lines).map((event) =>
        arrival(source, "ward", event, rules, `${event.type} ${event.at}`),
      ),
      now,
    );
  await deliver(["10:00", starts()], ["10:00", knocks("Ada", { user: "ada" })]);
  await deliver(["10:02", stopsWaiting("Ada", { user: "ada" })], ["10:03", joins("Bo")]);
  await deliver(["10:03", joins("Bo")], ["10:20", leaves("Bo")], ["10:21", ends()]);
  await deliver(
    ["12:00", joins("Ada", { user: "ada" })],
    ["12:30", leaves("Ada", { user: "ada" })],
  );
  await deliver(["11:00", joins("Cy")], ["11:30", leaves("Cy")]);
  await deliver(["11:31", joins("Di")], ["11:59", leaves("Di")], ["10:22", joins("Eve")]);
}

const READ = /^(insert|update|delete|select|with)\b/i;
const LARGE = /^(meetings|attendances|waits|events|deliver|rooms|people|aliases)/;

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  "TID Cond"?: string;
  Filter?: string;
  Plans?: Node[];
}

function isBitmapIndex(node: Node): boolean {
  return node["Node Type"] === "Bitmap Index Scan" && LARGE.test(node["Index Name"] ?? "");
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const inner of node.Plans ?? []) yield* nodesOf(inner);
}

interface Index {
  table: string;
  columns: string[];
}

/** The columns by which an index is ordered, by its name. */
async function allIndexes({ sql: client }: Pick<Database, "sql">): Promise<Map<string, Index>> {
  const rows = await client<(Index & { name: string })[]>`
    select indexrelid::regclass::text as name, indrelid::regclass::text as table,
      array(select pg_get_indexdef(indexrelid, n, true) from generate_series(1, indnkeyatts) n)
        as columns
    from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = 'public'::regnamespace and indpred is null`;
  return new Map(rows.map(({ name, ...index }) => [name, index]));
}

/** The columns that a condition limits to one value each. */
function fixedIn(condition: string): string[] {
  return [...condition.matchAll(/\((\w+) = /g)].map(([, column = ""]) => column);
}

/**
 * Whether a scan reads only the part of an index with the rows it looks for: not an interval with all other rows too,
 * and not all of a first column where another index is ordered by the other given columns.
 */
function isSelective(node: Node, indexes: ReadonlyMap<string, Index>): boolean {
  const { "Index Cond": condition, "TID Cond": tid, Filter: filter = "" } = node;
  if (condition === undefined) return tid !== undefined;
  const index = indexes.get(node["Index Name"] ?? "");
  const [first = ""] = index?.columns ?? [];
  const fixed = fixedIn(condition);
  if (index === undefined || condition.includes(`ROW(${first},`)) return true;
  if (fixed.length > 0 && !fixed.includes(first)) return false;
  // Rooms of one key are few.
  if (node["Index Name"] === "rooms_of_all_sources_by_key") return true;
  const rest = fixedIn(filter);
  return [...indexes.values()].every(
    ({ table, columns: [one = "", other = ""] }) =>
      table !== index.table ||
      ![one, other].every((column) => [...fixed, ...rest].includes(column)) ||
      [one, other].every((column) => fixed.includes(column)),
  );
}

/** The scans of a statement that are not selective, in the generic plan for all parameters. */
async function searchesOf(database: Database, text: string): Promise<string[]> {
  const indexes = await allIndexes(database);
  return database.sql.begin(async (session) => {
    // As where deliveries are recorded.
    await session`set local enable_seqscan = off`;
    const [row] = await session.unsafe<{ "QUERY PLAN": { Plan: Node }[] }[]>(
      `explain (generic_plan, format json, costs off) ${text}`,
    );
    const [{ Plan: plan } = { Plan: { "Node Type": "none" } }] = row?.["QUERY PLAN"] ?? [];
    return [...nodesOf(plan)].flatMap((node) => {
      // The recheck of a bitmap may have fewer conditions than its index: its index scans are checked instead.
      const isBitmap = node["Node Type"] === "Bitmap Heap Scan";
      const name = node["Relation Name"] ?? node["Index Name"] ?? "";
      const isScan = node["Node Type"].endsWith("Scan") && !isBitmap && LARGE.test(name);
      if ((!isScan && !isBitmapIndex(node)) || isSelective(node, indexes)) return [];
      const { "Index Cond": condition, Filter: filter } = node;
      return [`${node["Node Type"]} on ${node["Index Name"] ?? name}: ${condition}, ${filter}`];
    });
  });
}

async function allSearches(database: Database): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const text of statements) {
    if (!READ.test(text.trim())) continue;
    const searches = await searchesOf(database, text);
    if (searches.length > 0) found[text] = searches;
  }
  return found;
}

/** An invented past, in the tables only: with so many rows that a full scan is a mistake. */
async function fill({ sql: client }: Database): Promise<void> {
  await client`
    insert into meetings (id, room_id, source_id, seq, status, first_at, tip_at)
    select md5('m' || n)::uuid, 1000 + n % 500, md5('s')::uuid, 8, 'ended', n * 60000, n * 60000
    from generate_series(1, 5000) n`;
  await client`
    insert into attendances (meeting_id, person_id, identified_by, identity, name, name_key, user_id,
      participant_ids, status, is_host, first_at, first_joined_at, attended_ms, wait_count,
      admitted_count, admitted_ms, visits, waits, tenures)
    select md5('m' || n / 4)::uuid, 'p' || n, 'user_id', md5('i' || n % 3000)::uuid, 'Ada', 'ada ' || n % 3000, 'u' || n % 300, array['c' || n],
      'left', false, n, n, 1000, 0, 0, 0, '[]', '[]', '[]' from generate_series(4, 20003) n`;
  await client`
    insert into events (meeting_id, seq, type, at, participant_id, person_id, data)
    select md5('m' || n / 8)::uuid, n % 8, 'joined', n, 'c' || n, 'p' || n, '{}'
    from generate_series(8, 40007) n`;
  await client`
    insert into waits (meeting_id, participant_id, started_at, room_id, person_id, outcome, inferred)
    select md5('m' || n)::uuid, 'c' || n, n, 1000 + n % 500, 'p' || n, 'left', false
    from generate_series(1, 5000) n`;
}

describe("the recorder finds all it reads by an index", () => {
  test("in an empty database", async () => {
    expect(statements.size).toBeGreaterThan(15);
    expect(await allSearches(empty)).toEqual({});
  });

  test("in a small one", async () => {
    expect(await allSearches(filled)).toEqual({});
  });

  test("in one that was just filled, and once its size is known", async () => {
    await fill(filled);
    expect(await allSearches(filled)).toEqual({});
    await filled.sql`analyze`;
    expect(await allSearches(filled)).toEqual({});
  });
});
