import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi, tellApi } from "#components/api/api.ts";
import { EndpointDialog } from "#components/integrations/outgoing/endpoint-dialog.tsx";
import { PAUSED_WORDS } from "#components/integrations/outgoing/endpoint-state.tsx";
import {
  type EndpointShown,
  type ProviderTitles,
  type SourceChoice,
  signingWords,
} from "#components/integrations/outgoing/shown.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { momentOf } from "#components/words/moment.ts";
import { useEndpointChange } from "./use-endpoint.ts";

const rotatedEndpoint = async () =>
  (await import("#server/integrations/outgoing/schema.ts")).rotatedEndpoint;

/** What is sent, how it is signed, and how it is paused, changed and removed. */
export function EndCard({
  endpoint,
  sources,
  titles,
}: {
  endpoint: EndpointShown;
  sources: readonly SourceChoice[];
  titles: ProviderTitles;
}) {
  const clockFormat = useClockFormat();
  const [open, setOpen] = useState<"change" | "rotate" | "remove" | null>(null);
  const close = () => setOpen(null);
  const { mutate, isPending, error } = useEndpointChange(endpoint.id);
  const { triggers, signing, rooms, paused_at, paused_for, rotating_until } = endpoint;
  const limits = endpoint.sources?.map(
    (id) => sources.find((source) => source.id === id)?.name ?? "a source that was deleted",
  );
  return (
    <Card
      title="What is sent"
      aside={
        <Button
          look="small"
          className="text-dense"
          aria-haspopup="dialog"
          onClick={() => setOpen("change")}
        >
          Change
        </Button>
      }
    >
      <div className="grid gap-3 px-4 py-3 text-dense sm:px-4.5">
        <ul className="grid gap-0.5">
          {triggers.map((trigger) => (
            <li key={trigger} className="wrap-anywhere">
              <code>{trigger}</code>
            </li>
          ))}
        </ul>
        <p className="wrap-anywhere text-note text-ink-2">
          Of {limits === undefined ? "every source" : limits.join(", ")},{" "}
          {rooms === null ? "every room" : `rooms ${rooms.join(", ")}`}.
        </p>
        <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t pt-3">
          <p className="num min-w-0 flex-1 text-note text-ink-2">
            Signed {signing === "standard" ? "by " : ""}
            {signingWords(signing, titles)}.
            {rotating_until !== null &&
              ` The older secret is used too until ${momentOf(rotating_until, clockFormat)}.`}
          </p>
          <Button aria-haspopup="dialog" onClick={() => setOpen("rotate")}>
            Rotate the secret…
          </Button>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t pt-3">
          <p className="num min-w-0 flex-1 text-note text-ink-2">
            {paused_at !== null && paused_for !== null
              ? `Paused since ${momentOf(paused_at, clockFormat)}. ${PAUSED_WORDS[paused_for]}`
              : "While it is paused nothing is sent; what happens meanwhile waits."}
            {error !== null && (
              <span role="alert" className="block text-lost-ink">
                {error.message}
              </span>
            )}
          </p>
          <Button
            disabled={isPending}
            onClick={() => mutate({ method: "PATCH", body: { paused: paused_at === null } })}
          >
            {paused_at === null ? "Pause" : "Go on"}
          </Button>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t pt-3">
          <p className="min-w-0 flex-1 text-note text-ink-2">
            Removing takes away what waits, and the attempts.
          </p>
          <Button aria-haspopup="dialog" onClick={() => setOpen("remove")}>
            Remove…
          </Button>
        </div>
      </div>
      {open === "change" && (
        <EndpointDialog changed={endpoint} sources={sources} titles={titles} onClose={close} />
      )}
      {open === "rotate" && <RotateDialog endpoint={endpoint} onClose={close} />}
      {open === "remove" && <RemoveDialog endpoint={endpoint} onClose={close} />}
    </Card>
  );
}

function RotateDialog({ endpoint, onClose }: { endpoint: EndpointShown; onClose: () => void }) {
  const router = useRouter();
  const clockFormat = useClockFormat();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      askApi(`/endpoints/${endpoint.id}/rotate`, rotatedEndpoint, { method: "POST", body: {} }),
    onSuccess: () => router.refresh(),
  });
  if (data !== undefined) {
    return (
      <ShownOnce
        title="The new secret"
        lead={`It is shown now and never again. The older one is used too until ${momentOf(data.until, clockFormat)}.`}
        text={data.secret}
        copy="Copy the secret"
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog open onClose={onClose}>
      <DialogTitle>Rotate the secret?</DialogTitle>
      <DialogText>
        A new one is made.{" "}
        {endpoint.signing === "standard"
          ? "For a day webhooks are signed with both."
          : "For a day webhooks are still signed with the older one, then with the new one."}
      </DialogText>
      {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
      <DialogActions>
        <Button look="primary" disabled={isPending} onClick={() => mutate()}>
          {isPending ? "Making…" : "Make a new secret"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function RemoveDialog({ endpoint, onClose }: { endpoint: EndpointShown; onClose: () => void }) {
  const router = useRouter();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => tellApi(`/endpoints/${endpoint.id}`, { method: "DELETE" }),
    onSuccess: () => {
      router.push("/endpoints");
      router.refresh();
    },
  });
  return (
    <Dialog open onClose={onClose}>
      <DialogTitle>Remove the webhook?</DialogTitle>
      <DialogText>Nothing more is sent to {endpoint.url}, also not what waits.</DialogText>
      {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
      <DialogActions>
        <Button disabled={isPending} onClick={() => mutate()}>
          {isPending ? "Removing…" : "Remove"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
