"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { WaitLinkButton } from "#components/desk/lobby/wait-link-button.tsx";
import { DownloadMenu } from "#components/lists/download/download-menu.tsx";
import { FilterBar, type FilterField } from "#components/lists/filter-bar.tsx";
import { NothingFound } from "#components/lists/nothing-found.tsx";
import { periodWords } from "#components/lists/period-words.ts";
import { type Address, useAddress } from "#components/lists/use-address.ts";
import { TitleButton } from "#components/rooms/title-button.tsx";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Breadcrumb, Step } from "#components/ui/breadcrumb.tsx";
import { Button } from "#components/ui/button.tsx";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { May } from "#components/viewer/may.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { counted, grouped } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { paramsOfThresholds, storedThresholds } from "#domain/rooms/register/lens.ts";
import { unpackRegister } from "#domain/rooms/register/packing.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import { AttendanceCard } from "./attendance-card.tsx";
import { ClassListChoice } from "./class-list-choice.tsx";
import { downloadsOf } from "./downloads.ts";
import { HabitsCard } from "./habits-card.tsx";
import { HouseLine } from "./house-line.tsx";
import { thresholdWords } from "./matrix/threshold-words.ts";
import { RegisterCard } from "./register-card.tsx";
import { RoomStats } from "./room-stats.tsx";
import { ThresholdsForm } from "./thresholds-form.tsx";

const FIELDS: readonly FilterField[] = ["min_duration_ms"];

/** A room as the series of its meetings: who attends, how regularly, and the register itself. */
export function RoomScreen({ page }: { page: RegisterPage }) {
  const { room, period, today, figures, thresholds, settings } = page;
  const address = useAddress();
  const params = useSearchParams();
  const register = useMemo(() => unpackRegister(page.register), [page.register]);
  const face = ClockFormat.in(period.timeZone);
  const name = room.title ?? room.key;
  const counts = paramsOfThresholds(thresholds, storedThresholds(settings));
  const own = { q: params?.get("q") ?? null, sort: params?.get("sort") ?? null };
  return (
    <>
      <PageTitle name={name} />
      <Breadcrumb>
        <Step at="first" href="/rooms">
          Rooms
        </Step>
        <Step>{room.source.provider}</Step>
        <Step at="last">
          <bdi>{room.seriesBy === "title" ? room.title : room.key}</bdi>
        </Step>
      </Breadcrumb>
      <PageHead
        title={<bdi>{name}</bdi>}
        beside={<MeetingsLink page={page} />}
        lead={
          <>
            <bdi>{room.source.name}</bdi>
            <DemoMark source={room.source} />
            {room.seriesBy === "title" && ", meetings with this title"} ·{" "}
            {periodWords(period, face)} · {period.timeZone}
            <span className="hidden text-mark print:block">{thresholdWords(thresholds)}</span>
          </>
        }
        actions={
          <>
            <May access="write">
              <TitleButton id={room.id} room={room.key} title={room.title} />
              <WaitLinkButton room={room} />
            </May>
            <PrintButton hasSign />
            <DownloadMenu of="this register" choices={downloadsOf(page)} />
          </>
        }
      />
      <div className="my-4.5 print:hidden">
        <FilterBar
          period={period}
          today={today}
          narrowed={{ source: null, room: null, q: null, minDurationMs: page.minDurationMs }}
          choices={{ sources: [], rooms: [], gone: [] }}
          address={address}
          fields={FIELDS}
          otherParams={{ ...counts, ...own }}
        />
      </div>
      <div className="-mt-1.5 mb-4">
        <ClassListChoice page={page} />
        <HouseLine page={page} />
      </div>
      {register.meetings.length === 0 ? (
        <NoMeetings page={page} address={address} />
      ) : (
        <div className="grid gap-3.5 *:min-w-0">
          <div className="print:hidden">
            <RoomStats figures={figures} thresholds={thresholds} />
          </div>
          <ThresholdsForm
            page={page}
            address={address}
            otherParams={{
              from: period.firstDay,
              to: period.lastDay,
              tz: period.timeZone,
              min_duration_ms: page.minDurationMs === null ? null : String(page.minDurationMs),
              ...own,
            }}
          />
          <Limits page={page} />
          <div className="grid gap-3.5 *:min-w-0 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] print:hidden">
            <AttendanceCard meetings={register.meetings} figures={figures} face={face} />
            <HabitsCard
              people={register.people.filter(({ isHost }) => !isHost)}
              held={figures.held}
              thresholds={thresholds}
              face={face}
            />
          </div>
          <RegisterCard page={page} register={register} address={address} />
        </div>
      )}
    </>
  );
}

/** The number of meetings, and a link to the list of them. */
function MeetingsLink({ page: { room, period, meetings, minDurationMs } }: { page: RegisterPage }) {
  const asked = new URLSearchParams({
    source: room.source.id,
    ...(room.seriesBy === "title" ? { q: room.title ?? "" } : { room: room.key }),
    from: period.firstDay,
    to: period.lastDay,
    tz: period.timeZone,
    ...(minDurationMs === null ? {} : { min_duration_ms: String(minDurationMs) }),
  });
  return (
    <Link href={`/meetings?${asked}`} className="rounded-full hover:underline">
      <Pill tone="plain" className="num">
        {counted(meetings, "meeting", "meetings")}
      </Pill>
    </Link>
  );
}

/** Which of the numbers are not final, and which meetings they leave out. */
function Limits({
  page: { register, meetings, asOf, period, thresholds },
}: {
  page: RegisterPage;
}) {
  const short = register.meetings.filter(({ leftOut }) => leftOut === "short").length;
  const empty = register.meetings.filter(({ leftOut }) => leftOut === "nobody").length;
  const face = useTodaysClockFormat(period.timeZone);
  const router = useRouter();
  const shown = register.meetings.length;
  const live = register.meetings.filter(({ status }) => status !== "ended").length;
  const erased = register.meetings.filter((meeting) => meeting.erased).length;
  return (
    <>
      {live > 0 && (
        <p className="num flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-present-soft px-3.5 py-2 text-dense text-present-ink">
          {live === 1 ? "A meeting is" : `${live} meetings are`} in progress, counted up to{" "}
          {face.minute(asOf)}, and no part of the averages until {live === 1 ? "it is" : "they are"}{" "}
          over.
          <Button
            onClick={() => router.refresh()}
            look="within"
            className="font-strong print:hidden"
          >
            Count again
          </Button>
        </p>
      )}
      {shown < meetings && (
        <p className="num rounded-lg bg-waiting-soft px-3.5 py-2 text-dense text-waiting-ink">
          These are the latest {grouped(shown)} of {grouped(meetings)} meetings; the numbers are
          theirs. Choose fewer days to see others.
        </p>
      )}
      {short + empty > 0 && (
        <p className="num rounded-lg bg-sunken px-3.5 py-2 text-dense text-ink-2">
          Left out, so that nobody missed them:{" "}
          {[
            ...(short > 0
              ? [
                  `${counted(short, "meeting", "meetings")} shorter than ${formatSetting(thresholds.heldMs)}`,
                ]
              : []),
            ...(empty > 0 ? [`${counted(empty, "meeting", "meetings")} nobody came in to`] : []),
          ].join(" and ")}
          .
        </p>
      )}
      {erased > 0 && (
        <p className="num rounded-lg bg-sunken px-3.5 py-2 text-dense text-ink-2">
          The people of {counted(erased, "meeting", "meetings")} were erased: who was there is not
          known any more, and nobody counts as absent.
        </p>
      )}
    </>
  );
}

function NoMeetings({ page, address }: { page: RegisterPage; address: Address }) {
  const isNarrowed = page.minDurationMs !== null;
  return (
    <div className="rounded-card border border-line bg-surface shadow-card">
      <NothingFound
        title="No meetings"
        why={
          isNarrowed
            ? "No meeting of that length began in this room in this period."
            : "No meeting began in this room in this period."
        }
        days={page}
        address={address}
        narrowed={isNarrowed ? { words: "Any length", without: { min_duration_ms: null } } : null}
      />
    </div>
  );
}
