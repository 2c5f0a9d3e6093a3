import { Button, buttonLook } from "#components/ui/button.tsx";
import { CONTROL } from "#components/ui/field.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHead, WayUp } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { counted } from "#components/words/count.ts";
import type { ReferenceGroup } from "#server/http/openapi/schema.ts";
import { FirstSteps } from "./first-steps.tsx";
import { MethodMark } from "./method-mark.tsx";
import { OperationPart } from "./operation-part.tsx";

const PATH = "/docs/api";

/** The API to be read: all its addresses, or those of one thing with all that is said of them. */
export function ReferenceScreen({
  names,
  q,
  of,
  groups,
}: {
  names: readonly { name: string; count: number }[];
  q: string | null;
  of: string | null;
  groups: readonly ReferenceGroup[];
}) {
  const found = groups.reduce((sum, { operations }) => sum + operations.length, 0);
  return (
    <>
      <PageTitle name={of === null ? "API" : `API: ${of}`} />
      <PageHead
        above={
          of === null ? <WayUp href="/settings">Settings</WayUp> : <WayUp href={PATH}>API</WayUp>
        }
        title={of ?? "API"}
        lead={counted(found, "operation", "operations")}
        actions={
          <a href="/api/openapi.json" className={buttonLook()}>
            OpenAPI 3.1
          </a>
        }
        className="mb-4"
      />
      <form action={PATH} method="get" className="mb-4 flex max-w-md gap-2 print:hidden">
        <label className="min-w-0 flex-1">
          <span className="sr-only">Search the API</span>
          <input
            type="search"
            name="q"
            defaultValue={q ?? ""}
            placeholder="Search addresses, parameters, fields"
            className={CONTROL}
          />
        </label>
        <Button type="submit">Search</Button>
      </form>
      <div className="grid gap-5 lg:grid-cols-[184px_minmax(0,1fr)]">
        <nav aria-label="What the API is about" className="print:hidden">
          <ul className="flex flex-wrap gap-x-1 gap-y-0.5 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:flex-col lg:flex-nowrap lg:overflow-y-auto">
            {names.map(({ name, count }) => (
              <li key={name}>
                <Link
                  href={`${PATH}?of=${name}`}
                  aria-current={name === of ? "page" : undefined}
                  className="flex justify-between gap-2 rounded-md px-2 py-0.75 text-dense text-ink-2 hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-strong aria-[current=page]:text-ink"
                >
                  {name}
                  <span className="num text-ink-3 max-lg:hidden">{count}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="grid min-w-0 content-start gap-4">
          {of === null && q === null && <FirstSteps />}
          {groups.length === 0 && (
            <p className="rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
              Nothing in the API has all of these words.{" "}
              <Link href={PATH} className="underline">
                Show everything
              </Link>
            </p>
          )}
          {of === null
            ? groups.map((group) => <GroupList key={group.name} group={group} />)
            : groups[0]?.operations.map((operation) => (
                <OperationPart key={operation.id} operation={operation} />
              ))}
        </div>
      </div>
    </>
  );
}

/** The operations of a group, each a link to all that is said of it. */
function GroupList({ group: { name, operations } }: { group: ReferenceGroup }) {
  return (
    <section
      aria-label={name}
      className="min-w-0 rounded-card border border-line bg-surface shadow-card"
    >
      <h2 className="border-line border-b px-4 py-2 font-semibold text-dense tracking-card sm:px-4.5">
        {name}
      </h2>
      <ul className="divide-y divide-line">
        {operations.map(({ id, method, path, summary }) => (
          <li key={id}>
            <Link
              href={`${PATH}?of=${name}#${id}`}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 hover:bg-sunken sm:px-4.5"
            >
              <MethodMark method={method} />
              <code className="wrap-anywhere text-dense">{path}</code>
              <span className="text-note text-ink-2">{summary}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
