import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogFailure, DialogTitle } from "#components/ui/dialog.tsx";
import { DIALOG_INPUT, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { SIGNINGS, type Signing, type Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import {
  type EndpointShown,
  type ProviderTitles,
  type SourceChoice,
  signingWords,
} from "./shown.ts";
import { TriggerFields } from "./trigger-fields.tsx";

const addedEndpoint = async () =>
  (await import("#server/integrations/outgoing/schema.ts")).addedEndpoint;
const endpoint = async () => (await import("#server/integrations/outgoing/schema.ts")).endpoint;

/** Adds an endpoint, and shows its secret once; or changes one that is there. */
export function EndpointDialog({
  changed = null,
  sources,
  titles,
  onClose,
}: {
  changed?: EndpointShown | null;
  sources: readonly SourceChoice[];
  titles: ProviderTitles;
  onClose: () => void;
}) {
  const router = useRouter();
  const [url, setUrl] = useState(changed?.url ?? "");
  const [triggers, setTriggers] = useState<readonly Trigger[]>(changed?.triggers ?? []);
  const [signing, setSigning] = useState<Signing>(changed?.signing ?? "standard");
  const [source, setSource] = useState(changed?.sources?.[0] ?? "");
  const [rooms, setRooms] = useState(changed?.rooms?.join("\n") ?? "");
  const patterns = rooms.split("\n").flatMap((line) => line.trim() || []);
  const body = {
    ...{ url, triggers, signing, rooms: patterns.length === 0 ? null : patterns },
    // Several sources can only be said by a program; they stay as they are.
    ...((changed?.sources?.length ?? 0) < 2 && { sources: source === "" ? null : [source] }),
  };
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: async () => {
      if (changed === null) return askApi("/endpoints", addedEndpoint, { method: "POST", body });
      await askApi(`/endpoints/${changed.id}`, endpoint, { method: "PATCH", body });
      return null;
    },
    onSuccess: (added) => {
      router.refresh();
      if (added === null) onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  if (data) {
    return (
      <ShownOnce
        title="The secret of the webhook"
        lead="It is shown now and never again. Put it where the other system verifies what it is sent."
        text={data.secret}
        copy="Copy the secret"
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog open onClose={onClose} form="long">
      <form onSubmit={submit}>
        <DialogTitle>{changed === null ? "Add a webhook" : "Change the webhook"}</DialogTitle>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">Where it is sent: an https address</span>
          <input
            type="url"
            value={url}
            onChange={({ target }) => setUrl(target.value)}
            placeholder="https://example.com/hooks"
            required
            autoComplete="off"
            className={DIALOG_INPUT}
          />
        </label>
        <TriggerFields titles={titles} chosen={triggers} onChange={setTriggers} />
        <Field label="How it is signed" className="mt-3">
          <Select
            size="form"
            value={signing}
            onChange={({ target }) =>
              setSigning(SIGNINGS.find((one) => one === target.value) ?? "standard")
            }
          >
            {SIGNINGS.map((one) => (
              <option key={one} value={one}>
                {signingWords(one, titles)}
              </option>
            ))}
          </Select>
        </Field>
        {(changed?.sources?.length ?? 0) < 2 && (
          <Field label="Of which source" className="mt-3">
            <Select size="form" value={source} onChange={({ target }) => setSource(target.value)}>
              <option value="">Every source, also those to come</option>
              {sources.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">
            Only of these rooms, by key or title, one on a line; <code>*</code> stands for any text
          </span>
          <textarea
            rows={2}
            value={rooms}
            placeholder="Every room"
            onChange={({ target }) => setRooms(target.value)}
            className={`${DIALOG_INPUT} h-auto! py-1.5`}
          />
        </label>
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button look="primary" type="submit" disabled={isPending || triggers.length === 0}>
            {isPending ? "Saving…" : changed === null ? "Add the webhook" : "Save"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
