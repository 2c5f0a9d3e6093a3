import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { KeyRow } from "./key-row.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { type ApiKeyShown, isShownOpen, type SourceNamed } from "./shown.ts";

/** The keys with which programs use the API. */
export function KeysCard({
  keys,
  sources,
  now,
}: {
  keys: readonly ApiKeyShown[];
  sources: readonly SourceNamed[];
  now: number;
}) {
  const [isMaking, setMaking] = useState(false);
  const open = keys.filter((key) => isShownOpen(key, now));
  const closed = keys.filter((key) => !isShownOpen(key, now));
  return (
    <>
      <Card
        title="API keys"
        note={open.length === 0 ? undefined : open.length}
        className="mt-4.5 max-w-4xl"
        aside={
          <Button
            look="small"
            className="text-dense"
            aria-haspopup="dialog"
            onClick={() => setMaking(true)}
          >
            New key
          </Button>
        }
      >
        <p className="max-w-2xl px-4 py-3 text-dense text-ink-2 sm:px-4.5">
          A program that uses the API or the live channel shows a key. Give each program its own,
          with no more than it needs. What it may ask stands in the{" "}
          <Link href="/docs/api" className="underline">
            reference
          </Link>
          .
        </p>
        {open.length === 0 && (
          <p className="px-4 pb-4 text-dense text-ink-3 sm:px-4.5">No key opens anything.</p>
        )}
        <ul aria-label="Keys that open the API">
          {open.map((key) => (
            <KeyRow key={key.id} apiKey={key} sources={sources} isOpen />
          ))}
        </ul>
        {closed.length > 0 && (
          <details className="border-line border-t">
            <summary className="cursor-pointer px-4 py-2.5 text-dense text-ink-2 sm:px-4.5">
              Revoked and expired <span className="num text-ink-3">{closed.length}</span>
            </summary>
            <ul aria-label="Keys that open nothing any more">
              {closed.map((key) => (
                <KeyRow key={key.id} apiKey={key} sources={sources} isOpen={false} />
              ))}
            </ul>
          </details>
        )}
      </Card>
      {isMaking && <NewKeyDialog sources={sources} onClose={() => setMaking(false)} />}
    </>
  );
}
