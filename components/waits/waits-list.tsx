"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { ClaimControl } from "#components/desk/claim-control.tsx";
import { DeskButton } from "#components/desk/desk-button.tsx";
import { FollowUpControl } from "#components/desk/follow-up.tsx";
import { Choice } from "#components/lists/choice.tsx";
import { DownloadMenu, formatsOf } from "#components/lists/download/download-menu.tsx";
import { Pager } from "#components/lists/pager.tsx";
import type { Address } from "#components/lists/use-address.ts";
import { Card } from "#components/ui/card.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Pill, type Tone } from "#components/ui/pill.tsx";
import { boundedLength } from "#components/words/certainty-words.ts";
import { ClockFormat } from "#components/words/clock-format.ts";
import { totalled } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { outcomeWord } from "#components/words/wait-words.ts";
import { waitCertainty } from "#domain/meeting/certainty.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import { isToBeClaimed, isToBeFollowedUp } from "#domain/waits/handling.ts";
import { wireHandling } from "#domain/waits/handling-wire.ts";
import { WAITING_TABS, type WaitingPage, type WaitListRow } from "#domain/waits/waiting-page.ts";
import { listParams } from "./question.ts";
import { SHOWN_WORDS, weekHourName } from "./waiting-words.ts";

/** The people who were lost, or the waits behind a number. */
export function WaitsList({ page, address }: { page: WaitingPage; address: Address }) {
  const { waits, total, lens, next, previous, asOf, period } = page;
  const { shown, weekHour } = lens;
  const face = ClockFormat.in(period.timeZone);
  const path = shown === "lost" ? "/api/v1/waiting/lost" : "/api/v1/waits";
  return (
    <div id="waits" className="scroll-mt-4">
      <Card
        title={SHOWN_WORDS[shown]}
        note={
          shown === "lost"
            ? `${totalled(total, "person", "people")}, each with their last wait, newest first`
            : `${totalled(total, "wait", "waits")}, newest first`
        }
        className="min-w-0 overflow-hidden"
        aside={
          <div className="flex flex-wrap items-center gap-2 print:hidden">
            {weekHour !== null && (
              <Link
                href={`${address.href({ week_hour: null })}#waits`}
                className="flex items-center gap-1 rounded-full bg-sunken px-2.5 py-1 text-ink-2 text-caption hover:text-ink"
              >
                {weekHourName(weekHour)}
                <X aria-hidden className="size-3" />
                <span className="sr-only">all hours</span>
              </Link>
            )}
            <div>
              <Choice
                label="Which waits are listed"
                value={shown}
                onChange={(value) => address.go({ show: value === "lost" ? null : value })}
              >
                {WAITING_TABS.map((value) => (
                  <option key={value} value={value}>
                    {SHOWN_WORDS[value]}
                  </option>
                ))}
              </Choice>
            </div>
            <DownloadMenu of="this list" choices={formatsOf(path, listParams(page))} />
          </div>
        }
      >
        {waits.length === 0 ? (
          <p className="px-4.5 py-6 text-ink-2">{nothingWords(page)}</p>
        ) : (
          <div className="relative overflow-x-auto">
            <table className={`w-full text-dense ${address.isPending ? "opacity-55" : ""}`}>
              <caption className="sr-only">{SHOWN_WORDS[shown]}, newest first</caption>
              <thead className="text-left text-ink-2 text-caption">
                <tr>
                  <th scope="col" className="py-2 pr-3 pl-4 font-medium sm:pl-4.5">
                    Waited
                  </th>
                  <th scope="col" className="py-2 pr-3 font-medium">
                    Who
                  </th>
                  <th scope="col" className="py-2 pr-3 font-medium max-sm:hidden">
                    Where
                  </th>
                  <th scope="col" className="py-2 pr-4 font-medium">
                    When
                  </th>
                  <th scope="col" className="py-2 pr-4.5 font-medium max-md:hidden">
                    How it ended
                  </th>
                  <th scope="col" className="py-2 pr-4.5 font-medium print:hidden">
                    Desk
                  </th>
                </tr>
              </thead>
              <tbody>
                {waits.map((wait) => (
                  <Row key={keyOf(wait)} wait={wait} face={face} asOf={asOf} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Pager previous={previous} next={next} />
      </Card>
    </div>
  );
}

function keyOf({ meetingId, participantId, startedAt }: WaitListRow): string {
  return `${meetingId} ${startedAt} ${participantId}`;
}

const TONES: Record<Outcome, Tone> = {
  admitted: "present",
  left: "lost",
  came_back: "plain",
  short: "plain",
  unknown: "plain",
  waiting: "waiting",
};

function Row({ wait, face, asOf }: { wait: WaitListRow; face: ClockFormat; asOf: number }) {
  const { startedAt, endedAt, outcome, name, meetingId, personId, leaves, inferred, endEntered } =
    wait;
  const titleOrRoom = wait.title ?? wait.room;
  return (
    <tr className="group border-line border-t align-top hover:bg-sunken">
      <td
        className={`num whitespace-nowrap py-2 pr-3 pl-4 sm:pl-4.5 ${outcome === "left" ? "font-strong text-lost-ink" : ""}`}
      >
        {boundedLength(formatDuration((endedAt ?? asOf) - startedAt), waitCertainty(wait))}
        {endedAt === null && <span className="block text-ink-3 text-caption">so far</span>}
        {(endEntered || inferred) && (
          <span className="block text-ink-3 text-caption">
            {endEntered ? "end said by an operator" : "end inferred"}
          </span>
        )}
      </td>
      <th scope="row" className="max-w-56 py-2 pr-3 text-left font-normal">
        <Link
          href={`/meetings/${meetingId}?${new URLSearchParams({ person: personId })}`}
          className="flex font-strong hover:underline"
        >
          <PersonName name={name} className="min-w-0" />
        </Link>
        <span className="flex min-w-0 text-ink-3 text-caption sm:hidden">
          <PersonName name={titleOrRoom} className="min-w-0" />
        </span>
        {leaves > 1 && (
          <span className="num block text-ink-3 text-caption">
            left {leaves} times within a day
          </span>
        )}
      </th>
      <td className="max-w-56 py-2 pr-3 max-sm:hidden">
        <span className="flex">
          <PersonName name={titleOrRoom} className="min-w-0" />
        </span>
        <span className="block truncate text-ink-3 text-caption">
          {wait.source.provider}
          <DemoMark source={wait.source} /> · {wait.source.name}
        </span>
      </td>
      <td className="num py-2 pr-4 text-ink-2 sm:whitespace-nowrap">
        {face.calendarDay(startedAt)}
        <span className="block text-ink-3 text-caption">
          {face.minute(startedAt)}
          {endedAt !== null && ` – ${face.on(startedAt).minute(endedAt)}`}
        </span>
      </td>
      <td className="py-2 pr-4.5 max-md:hidden">
        <Pill tone={TONES[outcome]}>{outcomeWord(outcome)}</Pill>
      </td>
      <td className="py-2 pr-3 print:hidden">
        <Desk wait={wait} asOf={asOf} />
      </td>
    </tr>
  );
}

/** Who looks after a wait, and for somebody who left what came of following up. */
function Desk({ wait, asOf }: { wait: WaitListRow; asOf: number }) {
  const router = useRouter();
  const onDone = () => router.refresh();
  const own = {
    ...wireHandling(wait.handlings, wait, asOf),
    ...{ id: wait.waitId, name: wait.name },
  };
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0">
        {isToBeFollowedUp(wait) && <FollowUpControl wait={own} onDone={onDone} />}
        {own.desk_note !== null && (
          <p className="wrap-anywhere mt-1 max-w-56 text-ink-2 text-note">{own.desk_note}</p>
        )}
      </div>
      {isToBeClaimed(wait) && own.follow_up === null && <ClaimControl wait={own} onDone={onDone} />}
      <DeskButton wait={own} onDone={onDone} />
    </div>
  );
}

function nothingWords({ lens: { shown, weekHour } }: WaitingPage): string {
  const where = weekHour === null ? "in this period" : "in this hour";
  return shown === "lost" ? `Nobody was lost ${where}.` : `There are no such waits ${where}.`;
}
