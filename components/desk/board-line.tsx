"use client";

import { memo } from "react";
import { AskedActsLater } from "#components/desk/acts/asked-acts-later.tsx";
import { RoomActsLater } from "#components/desk/acts/room-acts-later.tsx";
import { useNow } from "#components/sync/use-now.ts";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { Sign } from "#components/ui/sign.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { grouped } from "#components/words/count.ts";
import { type Need, runsLateBy } from "#domain/live/desk-attention.ts";
import type { DeskLine } from "#domain/live/desk-wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { NEED_WORDS } from "./need-words.ts";
import { openingWords } from "./opening-words.ts";
import { RoomMessage } from "./room-message.tsx";
import { WaitingPerson } from "./waiting-person.tsx";

const EDGES: Record<Need, string> = {
  unseen: "border-l-lost",
  waiting: "border-l-waiting",
  late: "border-l-lost",
  hostless: "border-l-host",
  claimed: "border-l-present",
  closed: "border-l-transparent",
  going: "border-l-transparent",
  coming: "border-l-transparent",
  over: "border-l-transparent",
};

/** A line of the board: an appointment or an open room, with who is there and who waits. */
export const BoardLine = memo(function BoardLine({
  line,
  need,
  face,
}: {
  line: DeskLine;
  need: Need;
  face: ClockFormat;
}) {
  return (
    <li tabIndex={-1} className={`border-l-3 px-3.5 py-2.5 sm:px-4 ${EDGES[need]}`}>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1.5 md:grid-cols-[7.5rem_minmax(0,1fr)_auto]">
        <p className="num text-ink-2 text-note max-md:col-span-2 md:pt-0.5">
          <When line={line} face={face} />
        </p>
        <div className="min-w-0">
          <p className="font-strong">
            <Link href={addressOf(line)} className="wrap-anywhere hover:underline">
              <bdi>{line.title}</bdi>
            </Link>
            <DemoMark source={line.source} />
          </p>
          <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
            <Hosts line={line} />
            <State line={line} need={need} />
            <Groups line={line} face={face} />
            <RoomMessage line={line} face={face} />
            {line.meeting !== null && (
              <RoomActsLater source={line.source.id} meeting={line.meeting.id} name={line.title} />
            )}
          </div>
          {line.meeting !== null && <AskedActsLater meeting={line.meeting.id} className="mt-1" />}
        </div>
        <Numbers line={line} />
      </div>
      {line.waiting.length > 0 && (
        <ul
          aria-label={`Waiting for ${line.title}`}
          className="mt-2 grid gap-1.5 md:ml-[8.5rem] xl:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]"
        >
          {line.waiting.map((person) => (
            <WaitingPerson key={person.id} person={person} line={line} />
          ))}
        </ul>
      )}
    </li>
  );
});

function addressOf({ id, appointment, meeting }: DeskLine): string {
  if (meeting !== null) return `/meetings/${meeting.id}`;
  return appointment === null ? `/meetings/${id}` : `/expected/${id}`;
}

function When({ line: { appointment, meeting }, face }: { line: DeskLine; face: ClockFormat }) {
  if (appointment !== null) {
    const [from, to] = [appointment.starts_at, appointment.ends_at].map(fromWireTime);
    return (
      <span className="text-ink">
        {face.minute(from ?? 0)} – {face.minute(to ?? 0)}
      </span>
    );
  }
  const startedAt = meeting?.started_at ?? null;
  return startedAt === null ? (
    "open room"
  ) : (
    <>
      since <span className="text-ink">{face.minute(fromWireTime(startedAt))}</span>
    </>
  );
}

function State({ line, need }: { line: DeskLine; need: Need }) {
  const now = useNow(10_000);
  const late = runsLateBy(line, now);
  const words = NEED_WORDS[need];
  return (
    <>
      {words !== null && (
        <Pill tone={words.tone} className="flex-none">
          {words.word}
        </Pill>
      )}
      {late !== null && need !== "over" && (
        <span className="num flex-none text-lost-ink text-note">{minutesOf(late)} late</span>
      )}
    </>
  );
}

/** The groups of its room, and when it opens or closes. */
function Groups({ line: { title, house }, face }: { line: DeskLine; face: ClockFormat }) {
  const now = useNow(10_000);
  if (house === null) return null;
  const groups = house.groups.filter((name) => name !== title);
  const hours = openingWords(house, now, face);
  const words = [...groups, ...(hours === null ? [] : [hours])];
  return words.length === 0 ? null : (
    <p className="num wrap-anywhere text-ink-3 text-note">{words.join(" · ")}</p>
  );
}

function minutesOf(ms: Ms): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "just";
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function Hosts({
  line: { hosts, appointment, hostless_since: hostless, present },
}: {
  line: DeskLine;
}) {
  const expected = appointment?.hosts ?? [];
  if (hosts.length > 0) {
    return (
      <p className="flex min-w-0 items-center gap-1.5 text-host-ink text-note">
        <Sign of="crown" className="size-3 flex-none" />
        <span className="sr-only">Host: </span>
        <span className="min-w-0 wrap-anywhere">
          {hosts.map(({ name }) => nameOf(name)).join(", ")}
        </span>
      </p>
    );
  }
  return (
    <p className="wrap-anywhere text-ink-3 text-note">
      {expected.length > 0
        ? `with ${expected.map(({ name }) => nameOf(name)).join(", ")}, not here yet`
        : hostless !== null && present > 0
          ? "no host yet"
          : "no host"}
    </p>
  );
}

function Numbers({ line }: { line: DeskLine }) {
  const { expected, waiting, present, gone, walk_ins: walkIns } = line;
  return (
    <dl className="num flex items-start gap-2 text-right max-md:col-span-2 max-md:justify-start">
      <Figure of={expected} word="expected" />
      <Figure
        of={waiting.length}
        word="waiting"
        tone={waiting.length > 0 ? "text-waiting-ink" : ""}
      />
      <Figure of={present} word="in" tone={present > 0 ? "text-present-ink" : ""} />
      <Figure of={gone} word="gone" />
      <Figure of={walkIns} word="walk-ins" />
    </dl>
  );
}

function Figure({ of, word, tone = "" }: { of: number | null; word: string; tone?: string }) {
  return (
    <div className="flex w-14 flex-col-reverse">
      <dt className="text-caption text-ink-3">{word}</dt>
      <dd
        className={`font-heading text-large leading-tight ${of === 0 || of === null ? "text-ink-3" : tone}`}
      >
        {of === null ? "–" : grouped(of)}
      </dd>
    </div>
  );
}
