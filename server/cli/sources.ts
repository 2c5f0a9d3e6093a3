import { listSources, type StoredSource } from "#db/sources/sources.ts";
import { filledCall } from "#domain/sources/connect-words.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { connectable, provider } from "#server/providers/providers.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import { setPause, storeSource } from "#server/sources/managing.ts";
import { webhookPath } from "#server/sources/settings.ts";
import { type CliContext, CommandError } from "./command.ts";

export interface ShownSource {
  id: string;
  provider: string;
  name: string;
  secret: string;
  webhook_path: string;
}

/** A source as it is listed: when its live secrets last signed a webhook, newest first, without the secrets. */
export interface ListedSource extends Omit<ShownSource, "secret"> {
  /** Made by `simulate` or `seed`: its people are invented. */
  demo?: true;
  empty_gap_ms: number;
  grace_ms: number;
  note_takers: string[];
  joins_bots: boolean;
  takes_calendar: boolean;
  /** For how long it keeps deliveries and people; `null` for ever. */
  keep_deliveries_months: number | null;
  keep_people_days: number | null;
  paused_at: string | null;
  secrets: { created_at: string; last_used_at: string | null }[];
}

/** Connects a provider account. Without a secret one is made, for providers that accept a given one. */
export async function connectSource(
  context: CliContext,
  source: { provider: string; name: string; secret?: string | undefined },
): Promise<ShownSource> {
  const own = provider(source.provider);
  if (own === null || own.connect === null) {
    throw new CommandError(
      `--provider must be one of ${connectable.map(({ name }) => name).join(", ")}.`,
    );
  }
  if (own.connect.secretMadeBy === "provider" && source.secret === undefined) {
    const where = `${own.title} signs with a secret of its own, ${own.connect.secretShown}`;
    throw new CommandError(`--secret is missing: ${where}.`);
  }
  return addWithSecret(context, { ...source, name: nameGiven(source.name), isDemo: false });
}

async function addWithSecret(
  context: CliContext,
  source: { provider: string; name: string; secret?: string | undefined; isDemo: boolean },
): Promise<ShownSource> {
  const { provider: named, name } = source;
  const secret = secretGiven(named, source.secret);
  const id = await storeSource(context, { ...source, secret });
  return { id, provider: named, name, secret, webhook_path: webhookPath(named, id) };
}

/** What is left to do at the provider, with the calls to copy. */
export function connectLines(
  { provider: named, secret, webhook_path }: ShownSource,
  publicUrl: string | null,
): string[] {
  const own = provider(named);
  const base = publicUrl ?? "https://<your public address>";
  const given = { url: `${base}${webhook_path}`, secret };
  const steps = (own?.connect?.steps ?? []).flatMap(({ text, call, note: why }, index) => [
    `  ${index + 1}. ${text}`,
    ...(call === undefined ? [] : ["", filledCall(call, given), ""]),
    ...(why === undefined ? [] : [`     ${why}`]),
  ]);
  return steps.length === 0 ? [] : [`At ${own?.title}:`, ...steps];
}

/** Every source, without secrets. */
export async function shownSources({ database }: CliContext): Promise<ListedSource[]> {
  const sources = await listSources(database.orm);
  return sources.map(listed);
}

/** A source as it is listed. */
export function listed(source: StoredSource): ListedSource {
  return {
    id: source.id,
    provider: source.provider,
    name: source.name,
    webhook_path: webhookPath(source.provider, source.id),
    ...(source.isDemo && { demo: true }),
    empty_gap_ms: source.emptyGapMs,
    grace_ms: source.graceMs,
    note_takers: source.noteTakers,
    joins_bots: source.joinsBots,
    takes_calendar: source.takesCalendar,
    keep_deliveries_months: source.keepDeliveriesMonths,
    keep_people_days: source.keepPeopleDays,
    paused_at: toWireTime(source.pausedAt),
    secrets: source.secrets.map(({ createdAt, lastUsedAt }) => ({
      created_at: toWireTime(createdAt),
      last_used_at: toWireTime(lastUsedAt),
    })),
  };
}

export function sourceLines(sources: readonly ListedSource[]): string[] {
  if (sources.length === 0) return ["No sources yet."];
  return sources.map(({ provider: named, name, webhook_path, demo, paused_at, secrets }) => {
    const paused = paused_at === null ? "" : `  paused since ${paused_at}`;
    const several = secrets.length > 1 ? `  ${secrets.length} secrets` : "";
    const invented = demo ? "  demonstration" : "";
    return `${named}  ${name}  ${webhook_path}${invented}${several}${paused}`;
  });
}

/** The name of the sources that the simulator sends to. */
const SIMULATION = "Simulation";

/** The source that the simulator sends to, made at its first run, so that real sources get no invented data. */
export async function simulatedSource(context: CliContext, named: string): Promise<ShownSource> {
  const existing = (await listSources(context.database.orm)).find(
    (source) => source.isDemo && source.provider === named && source.name === SIMULATION,
  );
  if (!existing) return addWithSecret(context, { provider: named, name: SIMULATION, isDemo: true });
  mustStay(existing);
  // An interrupted removal may have paused it.
  if (existing.pausedAt !== null) await setPause(context, existing, null);
  return {
    ...existing,
    secret: secretOf(existing, context),
    webhook_path: webhookPath(named, existing.id),
  };
}

/** Throws `CommandError` where a source is being deleted. */
export function mustStay({ deletingSince, name }: StoredSource): void {
  if (deletingSince === null) return;
  throw new CommandError(`“${name}” is being deleted: nothing is taken from it any more.`);
}

function secretOf({ secrets: [newest] }: StoredSource, { secret }: CliContext): string {
  if (!newest) throw new CommandError("The simulation's source has no live secret.");
  return decrypt(newest.sealed, secret);
}

/** A name given as a flag, trimmed. Throws `CommandError` for an empty one. */
export function nameGiven(given: string): string {
  const name = given.trim();
  if (name === "") throw new CommandError("--name must not be empty.");
  return name;
}

/** A secret given as a flag, or a new one. Throws `CommandError` for one that its provider cannot have. */
export function secretGiven(named: string, given: string | undefined): string {
  const form = provider(named)?.secret;
  if (form === undefined) throw new CommandError(`There is no provider ${named} any more.`);
  const refusal = given === undefined ? null : form.refusalOf(given);
  if (refusal !== null) throw new CommandError(`--secret ${refusal}`);
  return given ?? form.make();
}
