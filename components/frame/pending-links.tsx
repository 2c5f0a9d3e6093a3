"use client";

import { LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { type PendingClicks, PendingNavigation } from "#components/sync/pending-navigation.ts";
import { Button } from "#components/ui/button.tsx";

const NOTHING: PendingClicks = { click: null, reads: 0 };

/** Delays links while the server, or its database, is away, and shows that; the current screen stays meanwhile. */
export function PendingLinks() {
  const { link, recording } = useLiveParts();
  const router = useRouter();
  const [pending] = useState(() => new PendingNavigation(link));
  const { click, reads } = useSyncExternalStore(pending.subscribe, pending.get, () => NOTHING);

  useEffect(() => {
    const own = window.fetch;
    const holding = pending.holding(own.bind(window));
    window.fetch = holding;
    return () => {
      if (window.fetch === holding) window.fetch = own;
    };
  }, [pending]);

  useEffect(() => {
    const isAway = () =>
      link.get().state === "lost" || recording.get().halted?.reason === "unavailable";
    const holdBack = (event: MouseEvent) => {
      const anchor = isAway() ? linkOf(event) : null;
      if (anchor === null) return;
      // Before any other handler gets it: the click is made again later, unchanged.
      event.preventDefault();
      event.stopImmediatePropagation();
      const { href } = anchor;
      const isFile = anchor.hasAttribute("download");
      pending.holdClick({
        // A link with a name and more in it is called by the name alone.
        words: (anchor.querySelector("bdi") ?? anchor).textContent.trim(),
        go: () => {
          if (anchor.isConnected) anchor.click();
          else if (isFile) window.location.assign(href);
          else router.push(href);
        },
      });
    };
    const letGo = () => {
      if (link.get().state === "live" && !isAway()) pending.letGo();
    };
    window.addEventListener("click", holdBack, true);
    const stops = [link.subscribe(letGo), recording.subscribe(letGo)];
    return () => {
      window.removeEventListener("click", holdBack, true);
      for (const stop of stops) stop();
    };
  }, [pending, link, recording, router]);

  if (click === null && reads === 0) return null;
  return (
    <div
      role="status"
      className="fixed inset-x-4 bottom-4 z-50 mx-auto flex w-fit max-w-[calc(100vw-2rem)] items-center gap-3 rounded-card border border-line bg-surface py-2.5 pr-2.5 pl-4 text-dense shadow-popup print:hidden"
    >
      <LoaderCircle aria-hidden className="size-4 flex-none text-ink-3" />
      <span>
        Waiting for the server…
        {click !== null && click.words !== "" && (
          <span className="block max-w-80 truncate text-ink-3 text-caption">
            then on to <bdi>{click.words}</bdi>
          </span>
        )}
      </span>
      {click !== null && <Button onClick={() => pending.holdClick(null)}>Stay here</Button>}
    </div>
  );
}

/** The link that a click follows in this window, to another page of ours or a file; `null` for any other click. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return null;
  const anchor = target instanceof Element ? target.closest("a") : null;
  if (anchor === null || anchor.href === "" || !["", "_self"].includes(anchor.target)) return null;
  const to = new URL(anchor.href);
  const here = window.location;
  if (to.origin !== here.origin) return null;
  const isHere = to.pathname === here.pathname && to.search === here.search && to.hash !== "";
  return isHere ? null : anchor;
}
