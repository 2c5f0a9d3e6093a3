/** One thing to do at a provider, once the source is added. */
export interface ConnectStep {
  text: string;
  /** What is copied, mostly a call for a shell: `{url}` stands for the address of webhooks, `{secret}` for the secret. */
  call?: string;
  /** Why it is done so. */
  note?: string;
}

/** How a source of a provider is connected, in words. */
export interface ConnectWords {
  /** What is done at the provider, in order. */
  steps: readonly ConnectStep[];
  /** What the provider calls the secret. */
  secretName: string;
  /** Who makes the secret: we do, and it is entered there, or the provider does, and it is entered here. */
  secretMadeBy: "us" | "provider";
  /** How many it has and where it shows them, to follow “a secret of its own, ”; or where ours is entered. */
  secretShown: string;
  /** Whether it asks, before it sends anything, if somebody listens. */
  pings: boolean;
  /** The key of its API, for what we ask there; `null` where we ask nothing. */
  apiKey: { name: string; shown: string } | null;
}

/** The connecting words of a provider, with what people call it. */
export interface ConnectedProvider extends ConnectWords {
  name: string;
  title: string;
  /** Where its API is unless somebody runs it themselves; `null` where nobody does. */
  apiAddress: string | null;
  /** Whose webhooks they are, to follow “the webhooks of ”. */
  senders: string;
  /** How a webhook that it switched off is switched on again, to follow “Then ”; `null` where unknown. */
  switchOn: string | null;
  /** Whether we make the webhook there, with a key. */
  makesWebhook: boolean;
}

/** A call with the address and the secret of a source in it. */
export function filledCall(call: string, { url, secret }: { url: string; secret: string }): string {
  return call.replaceAll("{url}", () => url).replaceAll("{secret}", () => secret);
}
