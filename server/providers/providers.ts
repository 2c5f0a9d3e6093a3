import { attendee } from "./attendee/attendee.ts";
import type { Provider, ProviderName } from "./contract/contract.ts";
import { daily } from "./daily/daily.ts";
import { fileImport } from "./import/import.ts";

export const providerNames = [
  "daily",
  "attendee",
  "import",
] as const satisfies readonly ProviderName[];

const byName: Record<ProviderName, Provider> = { daily, attendee, import: fileImport };
const providersByName = new Map<string, Provider>(Object.entries(byName));

/** The provider with that name, as in a webhook's address; `null` for an unknown one. */
export function provider(name: string): Provider | null {
  return providersByName.get(name) ?? null;
}

/** Providers with one meeting for each room: their series are found by title. */
export const oneMeetingARoom: readonly ProviderName[] = providerNames.filter(
  (name) => byName[name].meetings === "one_per_room",
);
