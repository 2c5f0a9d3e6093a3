import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import type { IMPORT } from "#domain/sources/imports/imports.ts";
import type { ProviderWords } from "#domain/sources/provider-words.ts";
import { attendee } from "./attendee/attendee.ts";
import type { Provider } from "./contract/contract.ts";
import { daily } from "./daily/daily.ts";
import { generic } from "./generic/generic.ts";
import { fileImport } from "./import/import.ts";

/** Every provider there is, in the order in which they are listed. */
const all = [daily, attendee, generic, fileImport] as const satisfies readonly Provider[];

/** `import` stands for attendance files, line by line. */
export type ProviderName = (typeof all)[number]["name"];
/** The providers that send webhooks. */
export type WebhookProvider = Exclude<ProviderName, typeof IMPORT>;

export const providerNames: readonly ProviderName[] = all.map(({ name }) => name);

const byName = new Map<string, Provider>(all.map((one) => [one.name, one]));

/** The provider with that name, as in a webhook's address; `null` for an unknown one. */
export function provider(name: string): Provider | null {
  return byName.get(name) ?? null;
}

/** Providers with one meeting for each room: their series are found by title. */
export const oneMeetingARoom: readonly ProviderName[] = all
  .filter(({ meetings }) => meetings === "one_per_room")
  .map(({ name }) => name);

/** The providers that an operator can connect. */
export const connectable: readonly Provider[] = all.filter(({ connect }) => connect !== null);

/** What people read of them. */
export const providerWords: readonly ProviderWords[] = connectable.flatMap(
  ({ name, title, observerReasons, connect }) => {
    if (connect === null) return [];
    const { senders, roomKey, addCommand, secretNote, switchOn } = connect;
    return [{ name, title, senders, roomKey, addCommand, secretNote, switchOn, observerReasons }];
  },
);

/** How their sources are connected, as people read it. */
export const connectedProviders: readonly ConnectedProvider[] = connectable.flatMap(
  ({ name, title, connect, webhookMaker, api }) => {
    if (connect === null) return [];
    const { addCommand, secretNote, roomKey, ...words } = connect;
    const apiAddress = api?.isRunByOthers === true ? new URL(api.url).origin : null;
    return [{ name, title, makesWebhook: webhookMaker !== null, apiAddress, ...words }];
  },
);

/** What people call each provider, by its name. */
export const providerTitles: Readonly<Record<string, string>> = Object.fromEntries(
  all.map(({ name, title }) => [name, title]),
);
