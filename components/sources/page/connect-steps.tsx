import { useLiveParts } from "#components/sync/live-provider.tsx";
import { type ConnectedProvider, filledCall } from "#domain/sources/connect-words.ts";
import { CallBlock } from "./call-block.tsx";

/** Where the secret stands in a call, once it was shown. */
const PLACEHOLDER = "the-secret-that-was-shown";

/** What is done at the provider, with the exact calls to copy. */
export function ConnectSteps({
  provider,
  path,
  url,
  secret,
}: {
  provider: ConnectedProvider;
  path: string;
  /** The whole address; `null` as long as this server has no public one. */
  url: string | null;
  /** As long as it is shown; `null` afterwards. */
  secret: string | null;
}) {
  const { publicUrl } = useLiveParts();
  const given = {
    url: url ?? `https://your-public-address${path}`,
    secret: secret ?? PLACEHOLDER,
  };
  return (
    <div className="grid gap-3 text-dense *:min-w-0">
      {publicUrl === null && <AddressNote url={url} />}
      <ol className="grid list-decimal gap-3 pl-5 *:min-w-0 marker:text-ink-3">
        {provider.steps.map(({ text, call, note }, index) => (
          <li key={text}>
            <p className="text-ink-2">{text}</p>
            {call !== undefined && (
              <div className="mt-1.5">
                <CallBlock text={filledCall(call, given)} label={`Copy step ${index + 1}`} />
              </div>
            )}
            {secret === null && call?.includes("{secret}") && (
              <p className="mt-1 text-note text-ink-3">
                Put the secret in place of <code>{PLACEHOLDER}</code>. It was shown once: without
                it, rotate the secret.
              </p>
            )}
            {note !== undefined && <p className="mt-1 text-note text-ink-3">{note}</p>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** That providers cannot reach this server by its address. */
function AddressNote({ url }: { url: string | null }) {
  return (
    <p className="rounded-lg bg-waiting-soft px-3 py-1.5 text-note text-waiting-ink">
      {url === null
        ? "This server does not know its public address. Set ROLLCALL_URL to the one that providers can reach, such as https://rollcall.example.com, and start it again: then the calls below have it in them."
        : "ROLLCALL_URL is an address of this machine alone: no provider elsewhere can reach it."}
    </p>
  );
}
