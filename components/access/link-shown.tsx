import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogText, DialogTitle } from "#components/ui/dialog.tsx";

/** A link that lets somebody in, shown once, to be sent to them. */
export function LinkShown({
  name,
  url,
  lasts,
  isMailed = false,
  onClose,
}: {
  name: string;
  /** It was sent by mail already. */
  isMailed?: boolean;
  url: string;
  /** Until when it is good, in words. */
  lasts: string;
  onClose: () => void;
}) {
  return (
    <Dialog open onClose={onClose}>
      <DialogTitle>
        The link for <bdi>{name}</bdi>
      </DialogTitle>
      <DialogText>
        {isMailed && "It was sent to them by mail. "}Send it to them and to nobody else: whoever
        opens it first chooses the password. It is good once, {lasts}, and is not shown again.
      </DialogText>
      <p className="mt-2.5 flex items-center justify-between gap-2 rounded-lg bg-sunken px-2.5 py-1.5">
        <code className="wrap-anywhere text-dense">{url}</code>
        <CopyButton text={url} label="Copy the link" />
      </p>
      <div className="mt-3.5 flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
