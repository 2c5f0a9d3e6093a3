import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { exported, type FileFormat } from "#server/http/files/formats.ts";
import { introOf, type NarrowedWords } from "#server/http/files/intro.ts";
import type { Invented } from "#server/http/files/invented.ts";
import type { Batches, Column } from "#server/http/files/table.ts";
import type { SentFile } from "#server/http/files/taken.ts";
import { offsetIn } from "#server/http/period.ts";
import type { DaysAsked } from "./days.ts";
import type { OpenedList } from "./opened-list.ts";

/** What a program asked of a list. */
export interface AskedOfList<Selection, Days> {
  selection: Selection;
  days: Days;
  now: Ms;
  reader: Reader;
}

/** A list as a file. */
export interface ListFile<Item, Row, Selection, Days> {
  /** What it is, in a few words. */
  summary: string;
  /** The start of its name, before the day. */
  name: string;
  columns: (now: Ms) => Column<Item>[];
  /** What stands in the lines for some rows of the list. */
  itemsOf: (
    rows: readonly Row[],
    asked: AskedOfList<Selection, Days>,
  ) => readonly Item[] | Promise<readonly Item[]>;
  /** So many rows are read at once. */
  batch: number;
  /** How it is headed for people. */
  intro: (selection: Selection) => { title: string; narrowed: NarrowedWords };
  /** What its JSON says of the whole file, besides the moment. */
  about?: (days: Days) => Record<string, string | null>;
  invented: Invented<Item>;
  /** Of the file of one thing: what its name and JSON say of that, and whether all in it is invented. */
  whose?: (selection: Selection) => {
    called: string;
    about: Record<string, string | null>;
    isInvented: boolean;
  };
}

/** Answers with the file. Its times are in the zone of its days. */
export async function fileOf<Item, Row, Selection, Days extends DaysAsked, Position>(
  url: URL,
  format: FileFormat,
  file: ListFile<Item, Row, Selection, Days>,
  asked: AskedOfList<Selection, Days>,
  list: {
    open: () => Promise<OpenedList<Row, Position>>;
    placeOf: (row: Row) => Position;
  },
): Promise<SentFile> {
  const { selection, days, now } = asked;
  const offsetAt = offsetIn(days.timeZone);
  const { title, narrowed } = file.intro(selection);
  const whose = file.whose?.(selection);
  /** Each batch starts after the last row of the one before, so no cursor or transaction stays open meanwhile. */
  async function* batches(): Batches<Item> {
    const { read } = await list.open();
    let last: Row | undefined;
    for (;;) {
      const from = last && ({ direction: "next", key: list.placeOf(last) } as const);
      const rows: readonly Row[] = await read(from ?? null, file.batch);
      yield await file.itemsOf(rows, asked);
      last = rows.at(-1);
      if (last === undefined || rows.length < file.batch) return;
    }
  }
  return exported(url, format, {
    table: { columns: file.columns(now), batches: batches() },
    name: [file.name, whose?.called, dayAt(now, offsetAt)]
      .filter((part) => part !== undefined)
      .join("-"),
    called: whose?.called ?? null,
    timeZone: days.timeZone,
    about: { ...file.about?.(days), ...whose?.about, as_of: toWireTime(now) },
    invented: whose?.isInvented || file.invented,
    intro: introOf(title, { range: days, narrowed, asOf: now }, offsetAt),
  });
}
