import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { ShareDialog } from "./share-dialog.tsx";
import { ShareRow } from "./share-row.tsx";
import type { ShareShown } from "./shown.ts";

/** The links for those without an account: one's own, and for an owner all. */
export function SharesCard({
  shares,
  sources,
  now,
}: {
  shares: readonly ShareShown[];
  sources: readonly { id: string; name: string }[];
  now: Ms;
}) {
  const [isMaking, setMaking] = useState(false);
  const isOpen = ({ revoked_at, expires_at }: ShareShown) =>
    revoked_at === null && fromWireTime(expires_at) > now;
  const open = shares.filter(isOpen);
  const over = shares.filter((share) => !isOpen(share));
  return (
    <>
      <Card
        title="Shared links"
        note={open.length === 0 ? undefined : open.length}
        className="mt-4.5 max-w-4xl"
        aside={
          <Button
            look="small"
            className="text-dense"
            aria-haspopup="dialog"
            onClick={() => setMaking(true)}
          >
            New wallboard
          </Button>
        }
      >
        <p className="max-w-2xl px-4 py-3 text-dense text-ink-2 sm:px-4.5">
          Whoever has such a link sees one thing without signing in: a meeting, which is shared on
          its page, a wallboard, for a screen that nobody touches, or how a room stands for who
          waits for it, which is made on the room’s page.
        </p>
        {open.length === 0 && (
          <p className="px-4 pb-4 text-dense text-ink-3 sm:px-4.5">No link shows anything.</p>
        )}
        <ul aria-label="Links that show something">
          {open.map((share) => (
            <ShareRow key={share.id} share={share} sources={sources} isOpen />
          ))}
        </ul>
        {over.length > 0 && (
          <details className="border-line border-t">
            <summary className="cursor-pointer px-4 py-2.5 text-dense text-ink-2 sm:px-4.5">
              Revoked and ended <span className="num text-ink-3">{over.length}</span>
            </summary>
            <ul aria-label="Links that show nothing any more">
              {over.map((share) => (
                <ShareRow key={share.id} share={share} sources={sources} isOpen={false} />
              ))}
            </ul>
          </details>
        )}
      </Card>
      {isMaking && (
        <ShareDialog subject={{ kind: "wallboard", sources }} onClose={() => setMaking(false)} />
      )}
    </>
  );
}
