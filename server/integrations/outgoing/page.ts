import { database } from "#db/connection/client.ts";
import { listSources } from "#db/sources/sources.ts";
import { isWhole } from "#domain/access/sight.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import { providerTitles } from "#server/providers/providers.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { readEndpoint, readEndpoints } from "./api.ts";
import type { EndpointJson } from "./json.ts";

/** What the page of endpoints shows, and what an endpoint can be limited to. */
export interface EndpointsPage {
  endpoints: EndpointJson[];
  sources: { id: string; name: string }[];
  /** What people call each provider. */
  titles: Readonly<Record<string, string>>;
  /** Whether networks besides the public one may be sent to. */
  areNetworksAllowed: boolean;
}

/** Whether somebody may have other systems told of the installation, all of which they see. */
function mayTell(caller: Caller): boolean {
  return isAllowed(caller, "manage") && isWhole(caller.sight);
}

/** The page of endpoints; `null` for whoever may not see it. */
export async function readEndpointsPage(caller: Caller): Promise<EndpointsPage | null> {
  if (!mayTell(caller)) return null;
  const [endpoints, sources] = await Promise.all([readEndpoints(), listSources(database().orm)]);
  return {
    endpoints,
    sources: sources.map(({ id, name }) => ({ id, name })),
    titles: providerTitles,
    areNetworksAllowed: !processContext().env.allowedNetworks.isEmpty,
  };
}

/** One endpoint, with the sources there are; `null` where there is none, or it is not for whoever asks. */
export async function readEndpointPage(
  id: string,
  caller: Caller,
): Promise<({ opened: EndpointJson } & Pick<EndpointsPage, "sources" | "titles">) | null> {
  if (!mayTell(caller)) return null;
  const [opened, sources] = await Promise.all([readEndpoint(id), listSources(database().orm)]);
  const named = sources.map((source) => ({ id: source.id, name: source.name }));
  return opened && { opened, sources: named, titles: providerTitles };
}
