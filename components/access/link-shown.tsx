import { ShownOnce } from "#components/ui/shown-once.tsx";

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
    <ShownOnce
      title={
        <>
          The link for <bdi>{name}</bdi>
        </>
      }
      lead={
        <>
          {isMailed && "It was sent to them by mail. "}Send it to them and to nobody else: whoever
          opens it first chooses the password. It is good once, {lasts}, and is not shown again.
        </>
      }
      text={url}
      copy="Copy the link"
      onClose={onClose}
    />
  );
}
