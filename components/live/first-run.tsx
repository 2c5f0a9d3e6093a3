"use client";

import { CircleCheck, Globe, Play, Plug } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useLive } from "#components/sync/use-live.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Link } from "#components/ui/link.tsx";
import { May } from "#components/viewer/may.tsx";
import { counted } from "#components/words/count.ts";
import { FirstZone } from "./first-zone.tsx";

const SIMULATE = "npm run rollcall -- simulate";
const REMOVE = "npm run rollcall -- demo remove --yes";
const both = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** How to begin before any event was received. The first event replaces it. */
export function FirstRun() {
  const sources = useLive((live) => live.sources);
  const { providers } = useLiveParts();
  const [first, ...others] = providers;
  return (
    <section
      aria-label="Getting started"
      className="mt-5 max-w-3xl rounded-card border border-line bg-surface shadow-card"
    >
      <div className="border-line border-b px-5 py-5 sm:px-7">
        <h2 className="font-heading text-large tracking-head">Nothing has happened here yet</h2>
        <p className="mt-1 max-w-xl text-ink-2">
          Rollcall shows who is in which meeting and who waits, from the webhooks of{" "}
          {both.format(providers.map(({ senders }) => senders))}. This page fills by itself with the
          first one; there is no need to reload.
        </p>
        {sources > 0 && (
          <p className="mt-3 flex items-center gap-2 text-present-ink">
            <CircleCheck aria-hidden className="size-4" />
            {counted(sources, "source is", "sources are")} ready and waiting for a first webhook.
          </p>
        )}
      </div>
      <May access="manage">
        <div className="divide-y divide-line">
          <Way icon={<Play aria-hidden className="size-4" />} title="See it move">
            <p>
              The simulation sends signed webhooks of every provider to this server: people join,
              knock, are admitted, give up and come back. In the folder of Rollcall:
            </p>
            <Command text={SIMULATE} label="Copy the command that starts the simulation" />
            <p>
              The first person joins at once. When it is over, or when you press Ctrl-C, everybody
              leaves and the meetings end. Nobody in it is real, and every screen marks it as demo.
              You can remove all of it again, so that nothing of it stays in your numbers: on the
              page{" "}
              <Link href="/sources" className="text-ink underline underline-offset-2">
                Sources
              </Link>
              , or with this command:
            </p>
            <Command text={REMOVE} label="Copy the command that removes the demonstration" />
          </Way>
          <Way
            icon={<Globe aria-hidden className="size-4" />}
            title="Say in which time zone this is"
          >
            <FirstZone />
          </Way>
          <Way icon={<Plug aria-hidden className="size-4" />} title="Connect your own meetings">
            <p>
              Add a source, and give the provider the webhook path it prints, with this server’s
              public address before it. {first && <WithCode text={first.secretNote} />}
            </p>
            {first && <Command text={first.addCommand} label={adds(first.title)} />}
            {others.map(({ name, title, addCommand, secretNote }) => (
              <Fragment key={name}>
                <p>
                  <WithCode text={secretNote} />
                </p>
                <Command text={addCommand} label={adds(title)} />
              </Fragment>
            ))}
          </Way>
        </div>
      </May>
    </section>
  );
}

function adds(title: string): string {
  return `Copy the command that adds ${/^[AEIO]/.test(title) ? "an" : "a"} ${title} source`;
}

/** Text in which code stands in backticks. */
function WithCode({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={part} className="font-mono text-note">
        {part}
      </code>
    ),
  );
}

function Way({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-2 px-5 py-5 sm:grid-cols-[32px_minmax(0,1fr)] sm:px-7">
      <span className="grid size-8 place-items-center rounded-full bg-present-soft text-present-ink">
        {icon}
      </span>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2.5 text-ink-2">
        <h3 className="pt-1 font-semibold text-ink">{title}</h3>
        {children}
      </div>
    </div>
  );
}

function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-center gap-2 rounded-lg bg-sunken py-1 pr-1.5 pl-3">
      <code className="wrap-anywhere min-w-0 flex-1 py-1 font-mono text-note text-ink">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}
