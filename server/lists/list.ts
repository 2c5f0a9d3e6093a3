import { z } from "zod";
import { database } from "#db/connection/client.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Total } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import type { FileEndpoint } from "#server/files/file-routes.ts";
import { pathOf } from "#server/http/address.ts";
import { AskedParams } from "#server/http/asked.ts";
import { cursorAsked, cursorOf, limitIn, page } from "#server/http/cursor.ts";
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

/** A list over the past, defined once. `Place` is where a row stands, `Position` what a cursor says of it. */
interface ListDefinition<
  Shape extends ParameterShape,
  Days extends DaysAsked,
  PageDays extends Days,
  Selection,
  Row,
  Position,
  Place extends Position,
> {
  /** The address of its page. */
  path: string;
  query: Shape;
  days: ListDays<Days, PageDays>;
  /** What the database is asked for, by a program or on the page. */
  select: (values: ValuesOf<Shape>, days: Days, now: Ms) => Selection;
  cursor: (selection: Selection) => CursorShape<Position, Place>;
  placeOf: (row: Row) => Place;
  open: (
    reader: Reader,
    selection: Selection,
  ) => OpenedList<Row, Position> | Promise<OpenedList<Row, Position>>;
}

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
  // Made once: to make a query anew costs ten times as much as to read by it.
  const query = z.object(list.query);
  const takes = { ...list.query, ...list.days.takes };

  /** What a program asks for. Throws 400 for a parameter that cannot be read. */
  function asked(url: URL, now = Date.now()): AskedOfList<Selection, Days> {
    const values = strictly(query, url);
    const days = list.days.strictly(url, now);
    return { selection: list.select(values, days, now), days, now, reader: database().orm };
  }

  /** One page of the rows, with the links to the next and the previous one. */
  async function read(
    opened: OpenedList<Row, Position>,
    { valuesOf }: CursorShape<Position, Place>,
    from: ListCursor<Position> | null,
    { url, limit }: { url: URL; limit: number },
  ) {
    const rows = await opened.read(from, limit + 1);
    return page(url, rows, limit, from, (row) => valuesOf(list.placeOf(row)));
  }

  return {
    asked,
    select: list.select,

    /** What its page is asked for. What cannot be read counts as absent, and is named above the page. */
    onPage(params: URLSearchParams, now: Ms, select = list.select) {
      const onPage = AskedParams.of(params);
      const period = list.days.leniently(onPage, now);
      const values = leniently(query, onPage);
      const selection = select(values, period, now);
      const shape = list.cursor(selection);
      const url = new URL(list.path, "http://page");
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

    /** `GET` of the list as JSON: `json` gives the `results`, and what else there is to say. */
    endpoint<Answer extends Links>(
      json: (
        rows: Row[],
        asked: AskedOfList<Selection, Days>,
      ) => Omit<Answer, keyof Links> | Promise<Omit<Answer, keyof Links>>,
      { summary, answer }: { summary: string; answer: Schema<Answer> },
    ) {
      return {
        who: "read",
        summary,
        answers: { 200: answer },
        takes: { ...takes, ...LIST },
        async respond({ url }: { url: URL }): Promise<Response> {
          const limit = limitIn(url);
          const of = asked(url);
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
    file<Item>(file: ListFile<Item, Row, Selection, Days>): FileEndpoint {
      return {
        summary: file.summary,
        takes: { ...takes, ...FILE },
        async respond({ url }, format) {
          const of = asked(url);
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
