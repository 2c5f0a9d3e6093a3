import { z } from "zod";
import { database } from "#db/connection/client.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { pathOf } from "#server/http/address.ts";
import { AskedParams } from "#server/http/asked.ts";
import { cursorAsked, cursorOf, limitIn, page } from "#server/http/cursor.ts";
import type { NamedFailure } from "#server/http/failures.ts";
import type { FileFormat } from "#server/http/files/formats.ts";
import type { SentFile } from "#server/http/files/taken.ts";
import { offsetIn } from "#server/http/period.ts";
import type { Schema } from "#server/http/schema.ts";
import { FILE, LIST } from "#server/http/takes.ts";
import type { CursorShape } from "./cursor-shape.ts";
import type { DaysAsked, ListDays } from "./days.ts";
import { type AskedOfList, fileOf, type ListFile } from "./list-file.ts";
import type { OpenedList } from "./opened-list.ts";
import { leniently, type ParameterShape, strictly, type ValuesOf } from "./parameters.ts";

/** The links of a page of a list. */
interface Links {
  next: string | null;
  previous: string | null;
}

/** What every list is made of. `Place` is where a row stands, `Position` what a cursor says of it. */
interface ListParts<
  Shape extends ParameterShape,
  Days extends DaysAsked,
  PageDays extends Days,
  Selection,
  Row,
  Position,
  Place extends Position,
> {
  query: Shape;
  /** The parameters that may be given several times: they are read as arrays. */
  repeats?: readonly (keyof Shape & string)[];
  days: ListDays<Days, PageDays>;
  cursor: (selection: Selection) => CursorShape<Position, Place>;
  placeOf: (row: Row) => Place;
  open: (
    reader: Reader,
    selection: Selection,
  ) => OpenedList<Row, Position> | Promise<OpenedList<Row, Position>>;
}

/** A list over the past, defined once. */
interface ListDefinition<
  Shape extends ParameterShape,
  Days extends DaysAsked,
  PageDays extends Days,
  Selection,
  Row,
  Position,
  Place extends Position,
> extends ListParts<Shape, Days, PageDays, Selection, Row, Position, Place> {
  /** What the database is asked for, by a program or on the page. */
  select: (values: ValuesOf<Shape>, days: Days, now: Ms) => Selection;
}

/** The same of something that is looked up first, as the meetings of a person. */
interface ListOfDefinition<
  Shape extends ParameterShape,
  Days extends DaysAsked,
  PageDays extends Days,
  Selection,
  Row,
  Position,
  Place extends Position,
  Params,
  Whose,
> extends ListParts<Shape, Days, PageDays, Selection, Row, Position, Place> {
  /** Looks up what the list is of by the named parts of the address. May throw what `fails` names. */
  whose: (reader: Reader, params: Params) => Promise<Whose>;
  fails: readonly NamedFailure[];
  select: (values: ValuesOf<Shape>, days: Days, now: Ms, whose: Whose) => Selection;
}

/**
 * How many rows are read for so many: a statement is stored for each number it was made with, and a program may ask
 * for any.
 */
function readTo(rows: number): number {
  return READ.find((most) => most >= rows) ?? rows;
}

const READ = [11, 26, 51, 101, 201];

/** From one definition: the page, the endpoint that answers JSON, and the file in every format. */
export function defineList<
  Shape extends ParameterShape,
  Days extends DaysAsked,
  PageDays extends Days,
  Selection,
  Row,
  Position,
  Place extends Position,
>(list: ListDefinition<Shape, Days, PageDays, Selection, Row, Position, Place>) {
  const { onPage, ...own } = defineListOf({ ...list, whose: async () => null, fails: [] });
  return {
    ...own,
    select: list.select,
    /** What its page at `path` is asked for. What cannot be read counts as absent, and is named above the page. */
    onPage(path: string, params: URLSearchParams, now: Ms, select = list.select) {
      return onPage(path, params, now, select);
    },
  };
}

/** From one definition of a list of something: its page, endpoint and file. */
export function defineListOf<
  Shape extends ParameterShape,
  Days extends DaysAsked,
  PageDays extends Days,
  Selection,
  Row,
  Position,
  Place extends Position,
  Params,
  Whose,
>(list: ListOfDefinition<Shape, Days, PageDays, Selection, Row, Position, Place, Params, Whose>) {
  // Made once: to make a query anew costs ten times as much as to read by it.
  const query = z.object(list.query);
  const takes = { ...list.query, ...list.days.takes };
  const { repeats = [], fails } = list;

  /** What a program asks for. Throws 400 for a parameter that cannot be read. */
  async function asked(url: URL, params: Params): Promise<AskedOfList<Selection, Days>> {
    const now = Date.now();
    const values = strictly(query, url, repeats);
    const days = list.days.strictly(url, now);
    const reader = database().orm;
    const whose = await list.whose(reader, params);
    return { selection: list.select(values, days, now, whose), days, now, reader };
  }

  /** One page of the rows, with the links to the next and the previous one. */
  async function read(
    opened: OpenedList<Row, Position>,
    { valuesOf }: CursorShape<Position, Place>,
    from: ListCursor<Position> | null,
    { url, limit }: { url: URL; limit: number },
  ) {
    const rows = await opened.read(from, readTo(limit + 1));
    return page(url, rows, limit, from, (row) => valuesOf(list.placeOf(row)));
  }

  return {
    takes,
    asked,
    select: list.select,

    /** What its page at `path` is asked for. What cannot be read counts as absent, and is named above the page. */
    onPage(
      path: string,
      params: URLSearchParams,
      now: Ms,
      select: (values: ValuesOf<Shape>, days: PageDays, now: Ms) => Selection,
    ) {
      const onPage = AskedParams.of(params);
      const period = list.days.leniently(onPage, now);
      const values = leniently<Shape>(query, onPage);
      const selection = select(values, period, now);
      const shape = list.cursor(selection);
      const url = new URL(path, "http://page");
      url.search = params.toString();
      return {
        values,
        selection,
        days: { asOf: now, period, today: dayAt(now, offsetIn(period.timeZone)) },
        async read(reader: Reader, limit: number) {
          const from = cursorAsked(onPage, (text) => listCursorOf(shape, text));
          const opened = await list.open(reader, selection);
          const { rows, next, previous } = await read(opened, shape, from, { url, limit });
          const isAll = next === null && previous === null;
          const total: Total = isAll ? rows.length : ((await opened.count?.()) ?? null);
          return {
            rows,
            next: next && pathOf(next),
            previous: previous && pathOf(previous),
            total,
          };
        },
      };
    },

    /**
     * `GET` of the list as JSON: `json` gives the `results`, and what else there is to say. `limitOf` says how many
     * rows a page has.
     */
    endpoint<Answer extends Links>(
      json: (
        rows: Row[],
        asked: AskedOfList<Selection, Days>,
      ) => Omit<Answer, keyof Links> | Promise<Omit<Answer, keyof Links>>,
      {
        summary,
        answer,
        limitOf = limitIn,
      }: { summary: string; answer: Schema<Answer>; limitOf?: (url: URL) => number },
    ) {
      return {
        who: "read",
        summary,
        answers: { 200: answer },
        fails,
        takes: { ...takes, ...LIST },
        repeats,
        async respond({ url, params }: { url: URL; params: Params }): Promise<Response> {
          const limit = limitOf(url);
          const of = await asked(url, params);
          const shape = list.cursor(of.selection);
          const text = url.searchParams.get("cursor");
          const from = text === null ? null : listCursorOf(shape, text);
          const opened = await list.open(of.reader, of.selection);
          const { rows, next, previous } = await read(opened, shape, from, { url, limit });
          return Response.json({ next, previous, ...(await json(rows, of)) });
        },
      } as const;
    },

    /** `GET` of the whole list as a file, in the order of the list with the same query. */
    file<Item>(file: ListFile<Item, Row, Selection, Days>) {
      return {
        summary: file.summary,
        fails,
        takes: { ...takes, ...FILE },
        repeats,
        async respond(
          { url, params }: { url: URL; params: Params },
          format: FileFormat,
        ): Promise<SentFile> {
          const of = await asked(url, params);
          const open = async () => list.open(of.reader, of.selection);
          return fileOf(url, format, file, of, { open, placeOf: list.placeOf });
        },
      };
    },
  };
}

/** The cursor that a list gave out as this text. Throws 400 for any other. */
function listCursorOf<Position>(
  { parse }: CursorShape<Position, never>,
  text: string,
): ListCursor<Position> {
  const { direction, key } = cursorOf(text);
  return { direction, key: parse(key) };
}
