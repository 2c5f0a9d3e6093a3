"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { DIALOG_INPUT, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { CHANNEL_KINDS, CHANNEL_WORDS, type ChannelKind } from "#domain/desk/alerts/channel.ts";

/** Adds a channel that alerts are told. */
export function ChannelDialog({ sendsMail, onClose }: { sendsMail: boolean; onClose: () => void }) {
  const router = useRouter();
  const [kind, setKind] = useState<ChannelKind>("slack");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [initials, setInitials] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      tellApi("/alert-channels", {
        method: "POST",
        body: { kind, address, initials, ...(name.trim() !== "" && { name: name.trim() }) },
      }),
    onSuccess: () => {
      router.refresh();
      onClose();
    },
  });
  const isMail = kind === "email";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog open onClose={onClose} form="long">
      <form onSubmit={submit}>
        <DialogTitle>Add a channel</DialogTitle>
        <DialogText>
          It is told of every alert: when it is raised, repeated, acknowledged and over.
        </DialogText>
        <Field label="Where" className="mt-3">
          <Select
            size="form"
            value={kind}
            onChange={({ target }) =>
              setKind(CHANNEL_KINDS.find((one) => one === target.value) ?? "slack")
            }
          >
            {CHANNEL_KINDS.filter((one) => sendsMail || one !== "email").map((one) => (
              <option key={one} value={one}>
                {CHANNEL_WORDS[one]}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={isMail ? "E-mail address" : "Address of its incoming webhook"}
          className="mt-3"
        >
          <input
            type={isMail ? "email" : "url"}
            value={address}
            required
            autoComplete="off"
            onChange={({ target }) => setAddress(target.value)}
            className={`${DIALOG_INPUT} w-full`}
          />
        </Field>
        <Field label="Called" className="mt-3">
          <input
            value={name}
            placeholder={CHANNEL_WORDS[kind]}
            maxLength={100}
            autoComplete="off"
            onChange={({ target }) => setName(target.value)}
            className={`${DIALOG_INPUT} w-full`}
          />
        </Field>
        <label className="mt-3 flex items-baseline gap-2 text-dense">
          <input
            type="checkbox"
            checked={initials}
            onChange={({ target }) => setInitials(target.checked)}
          />
          Initials in place of names
        </label>
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button look="primary" type="submit" disabled={isPending}>
            {isPending ? "Saving…" : "Add the channel"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
