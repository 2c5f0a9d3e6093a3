import { attendee } from "./attendee/attendee.ts";
import type { Provider, ProviderName } from "./contract/provider.ts";
import { daily } from "./daily/daily.ts";
import { fileImport } from "./import/import.ts";

export const providerNames = [
  "daily",
  "attendee",
  "import",
] as const satisfies readonly ProviderName[];

const byName: Record<ProviderName, Provider> = { daily, attendee, import: fileImport };
const known = new Map<string, Provider>(Object.entries(byName));

/** The provider of that name, as it stands in a webhook's address; `null` for a stranger. */
export function provider(name: string): Provider | null {
  return known.get(name) ?? null;
}

/** Providers of which a room is one meeting: what is a series of them is told by their title. */
export const oneMeetingARoom: readonly ProviderName[] = providerNames.filter(
  (name) => byName[name].meetings === "one_per_room",
);
