"use client";

import { useMutation } from "@tanstack/react-query";
import { Terminal } from "lucide-react";
import { askApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

const signedCurl = async () => (await import("#server/sources/deliveries/schema.ts")).signedCurl;

/** Has a delivery signed now, as a command that sends it again to this server. The secret stays there. */
export function SignedCurl({ id }: { id: string }) {
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () =>
      askApi(`/deliveries/${encodeURIComponent(id)}/curl`, signedCurl, { method: "POST" }),
    onSuccess: ({ command }) => {
      if (window.isSecureContext)
        void navigator.clipboard.writeText(command).catch(() => undefined);
    },
  });
  return (
    <>
      <Button hasSign disabled={isPending} onClick={() => mutate()}>
        <Terminal aria-hidden className="size-3.5" />
        {isPending ? "Signing…" : "Copy as a signed curl"}
      </Button>
      {error !== null && (
        <p role="alert" className="basis-full text-note text-lost-ink">
          {error.message}
        </p>
      )}
      {data !== undefined && (
        <div className="basis-full rounded-lg bg-sunken">
          <p className="flex items-center gap-2 px-3.5 pt-2 text-note text-ink-2">
            Signed now; sent again it is a repeat. It holds what the delivery held.
            <span className="ml-auto">
              <CopyButton text={data.command} label="Copy the command" />
            </span>
          </p>
          <pre className="max-h-40 overflow-auto whitespace-pre-wrap px-3.5 pb-3 font-mono text-caption wrap-anywhere">
            {data.command}
          </pre>
        </div>
      )}
    </>
  );
}
