import { useMutation } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { DialogFailure } from "#components/ui/dialog.tsx";
import { enter } from "./use-door.ts";

const accessLink = async () => (await import("#server/access/schema.ts")).accessLink;

/** How others are let in, as long as nobody signs in. */
export function SetUpNote() {
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => askApi("/set-up-link", accessLink, { method: "POST" }),
    onSuccess: ({ url }) => enter(new URL(url).pathname),
  });
  return (
    <div className="px-4 py-3 sm:px-4.5">
      <p className="max-w-2xl text-dense text-ink-2">
        Nobody signs in yet: whoever is at this machine may everything, and nobody else sees
        anything. To let others in, become the owner first. From then on everybody signs in, on this
        machine too.
      </p>
      {error !== null && <DialogFailure>{error.message}</DialogFailure>}
      <Button className="mt-3" disabled={isPending} onClick={() => mutate()}>
        {isPending ? "One moment…" : "Become the owner"}
      </Button>
    </div>
  );
}
