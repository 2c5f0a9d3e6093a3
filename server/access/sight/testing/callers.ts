import { createKey, revokeKey } from "#db/access/keys.ts";
import { deleteMember, insertMember, setPassword } from "#db/access/members.ts";
import { type Role, roleMay } from "#domain/access/role.ts";
import { type Access, type Scope, scopeFor } from "#domain/access/scope.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import { auth } from "#server/access/sign-in/auth.ts";
import { isOwned } from "#server/access/sign-in/owned.ts";
import { browser, PASSWORD } from "#server/access/testing/browser.ts";
import { hiddenWords } from "./world.ts";
import type { SightWorld } from "./world-kinds.ts";

/** Somebody who asks, or something; and the words of the world that they must never be told. */
export interface SightCaller {
  /** In words, for a failure. */
  told: string;
  /** `null` where it is not known who it is: a stranger, or whose way in is over. */
  who:
    | { kind: "key"; token: string; scopes: readonly Scope[] }
    | { kind: "member"; role: Role }
    | null;
  sight: Sight;
  /** What says who it is. */
  headers: Record<string, string>;
  /** A key, also one that opens nothing. */
  token: string | null;
  hidden: string[];
}

/** Whether somebody may do such a thing at all, by the pure functions alone. */
export function mayAtAll({ who }: SightCaller, access: Access): boolean {
  switch (who?.kind) {
    case "key":
      return who.scopes.some((scope) => scope === scopeFor(access));
    case "member":
      return roleMay(who.role, access);
    case undefined:
      return false;
    default:
      return who satisfies never;
  }
}

/** Of whom nobody knows who they are. */
const NOTHING: Sight = { sources: [], rooms: [], masked: true };
const ALL_SCOPES: readonly Scope[] = ["read", "write", "deliver"];

/** Limits of all kinds: by sources, by patterns, both, neither, nothing at all. */
function limitsOf({ rooms }: SightWorld) {
  const [one = "", other = "", third = ""] = [...new Set(rooms.map(({ sourceId }) => sourceId))];
  return {
    none: { sources: null, rooms: null },
    source: { sources: [one], rooms: null },
    sources: { sources: [other, third], rooms: null },
    patterns: { sources: null, rooms: ["alg-*", "Geometry*"] },
    room: { sources: null, rooms: [rooms[0]?.key ?? ""] },
    both: { sources: [one, third], rooms: ["*Wuxemo*", "*geo-*"] },
    nothing: { sources: null, rooms: ["nothing"] },
  };
}

/** A key of each limit, with names and with initials. */
export async function keysOf(world: SightWorld): Promise<SightCaller[]> {
  const keys: SightCaller[] = [];
  for (const limit of Object.values(limitsOf(world))) {
    keys.push(await keyOf(world, { ...limit, masked: false }));
    keys.push(await keyOf(world, { ...limit, masked: true }));
  }
  return keys;
}

async function keyOf(
  world: SightWorld,
  sight: Sight,
  scopes: readonly Scope[] = ALL_SCOPES,
): Promise<SightCaller> {
  const { orm } = world.client.app.database;
  const { key } = await createKey(orm, "part", { sight, scopes });
  return {
    told: `a key to ${scopes} with ${JSON.stringify(sight)}`,
    who: { kind: "key", token: key, scopes },
    sight,
    headers: { authorization: `Bearer ${key}` },
    token: key,
    hidden: hiddenWords(world, sight),
  };
}

/**
 * Everybody who may ask: keys of every limit, some for one thing alone; members of every role, limited in every way; and
 * those whom nobody knows, or not any more. From now on everybody signs in.
 */
export async function callersOf(world: SightWorld): Promise<SightCaller[]> {
  const limits = limitsOf(world);
  const [named, initials] = [{ masked: false }, { masked: true }];
  const member = await memberMaker(world);
  return [
    ...(await keysOf(world)),
    await keyOf(world, { ...limits.source, ...named }, ["read"]),
    await keyOf(world, { ...limits.patterns, ...initials }, ["write"]),
    await keyOf(world, WHOLE_SIGHT, ["deliver"]),
    await member("owner", WHOLE_SIGHT),
    await member("operator", { ...limits.none, ...initials }),
    await member("operator", { ...limits.source, ...named }),
    await member("operator", { ...limits.patterns, ...initials }),
    await member("viewer", WHOLE_SIGHT),
    await member("viewer", { ...limits.sources, ...initials }),
    await member("viewer", { ...limits.room, ...named }),
    await member("viewer", { ...limits.both, ...initials }),
    await member("viewer", { ...limits.nothing, ...named }),
    ...(await strangersOf(world, member)),
  ];
}

type MemberMaker = (role: Role, sight: Sight) => Promise<SightCaller & { id: string }>;

/** Makes members, each of whom has signed in with their password in a browser of their own. */
async function memberMaker(world: SightWorld): Promise<MemberMaker> {
  const { orm } = world.client.app.database;
  const hash = await (await auth().$context).password.hash(PASSWORD);
  let count = 0;
  return async (role, sight) => {
    count += 1;
    const email = `member${count}@sight.example`;
    const id = await insertMember(orm, { name: `Member ${count}`, email, role, sight });
    if (id === null) throw new Error(`there is a ${email} already`);
    await setPassword(orm, id, hash);
    await isOwned(orm);
    const own = browser();
    const { status } = await own.ask("POST", "/api/auth/sign-in/email", {
      email,
      password: PASSWORD,
    });
    if (status !== 200) throw new Error(`${email} cannot sign in: ${status}`);
    const { cookie = "" } = own.headers();
    return {
      told: `${role} with ${JSON.stringify(sight)}`,
      ...{ id, who: { kind: "member", role }, sight, headers: { cookie }, token: null },
      hidden: hiddenWords(world, sight),
    };
  };
}

/** Nobody, and whoever was somebody: signed out, removed, with a key that is revoked, has expired or never was. */
async function strangersOf(world: SightWorld, member: MemberMaker): Promise<SightCaller[]> {
  const { orm } = world.client.app.database;
  const hidden = hiddenWords(world, NOTHING);
  const stranger = (told: string, token: string | null, cookie = ""): SightCaller => ({
    ...{ told, who: null, sight: NOTHING, token, hidden },
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(cookie !== "" && { cookie }),
    },
  });
  const signedOut = await member("operator", WHOLE_SIGHT);
  const out = await browser(signedOut.headers).ask("POST", "/api/auth/sign-out", {});
  if (out.status !== 200) throw new Error(`nobody can sign out: ${out.status}`);
  const removed = await member("operator", WHOLE_SIGHT);
  await deleteMember(orm, removed.id);
  const revoked = await createKey(orm, "revoked");
  await revokeKey(orm, revoked.id);
  const over = Math.min(world.client.app.now, Date.now()) - 1;
  const expired = await createKey(orm, "expired", { expiresAt: over });
  return [
    stranger("nobody", null),
    stranger("who has signed out", null, signedOut.headers["cookie"]),
    stranger("who was removed", null, removed.headers["cookie"]),
    stranger("a revoked key", revoked.key),
    stranger("a key that has expired", expired.key),
    stranger("a key that never was", "rk_never"),
  ];
}

function at<T>(all: readonly T[], index: number): T {
  const one = all[index % all.length];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}

/** Picks anything, the same for the same seed. */
export function pickerOf(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return (from) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return at(from, state >>> 8);
  };
}

/** Throws where a text has a word that is hidden, and was not in the question. */
export function hidesAll(
  text: string,
  hidden: readonly string[],
  question: string,
  told: string,
): void {
  const asked = new Set(wordsIn(question));
  const small = text.toLowerCase();
  for (const word of hidden) {
    const place = small.indexOf(word);
    if (place < 0 || asked.has(word)) continue;
    const around = small.slice(Math.max(0, place - 200), place + 100);
    throw new Error(`${word} in …${around}… of ${told}`);
  }
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}@._-]+/u)
    .flatMap((word) => [word, ...word.split(/[-@]/)]);
}
