import type { ReactNode } from "react";
import type { ReferenceOperation, ReferenceRow } from "#server/http/openapi/schema.ts";
import { CodeBlock } from "./code-block.tsx";
import { MethodMark } from "./method-mark.tsx";

/** All that is said of an operation: who may, what it takes, what it answers, and how it refuses. */
export function OperationPart({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, needs, parameters, headers, body, request } = operation;
  const called = `${method} ${path}`;
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-label={called}
      className="min-w-0 scroll-mt-16 rounded-card border border-line bg-surface shadow-card lg:scroll-mt-4"
    >
      <header className="border-line border-b px-4 py-2.5 sm:px-4.5">
        <h2 className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <MethodMark method={method} />
          <a href={`#${id}`} className="wrap-anywhere font-strong hover:underline">
            <code>{path}</code>
          </a>
        </h2>
        <p className="mt-1 text-ink-2">
          {summary}. <span className="text-note">{needs}</span>
        </p>
      </header>
      <div className="grid gap-4 px-4 py-3.5 sm:px-4.5">
        <CodeBlock label={`How to ask ${called}`} text={request} />
        <Rows title="Parameters" of={called} rows={parameters} />
        <Rows title="Headers" of={called} rows={headers} />
        <Rows title="In the body" of={called} rows={body} />
        {operation.answers.map(({ status, about, rows, example }) => (
          <Part key={status} title={`${status}: ${about}`}>
            {example !== null && (
              <details className="min-w-0">
                <summary className="w-fit cursor-pointer text-note text-ink-2 hover:text-ink">
                  The shape of it
                </summary>
                <div className="mt-2 grid gap-3">
                  <CodeBlock label={`What ${called} answers with ${status}`} text={example} />
                  <FieldList label={`Fields of ${status} of ${called}`} rows={rows} />
                </div>
              </details>
            )}
          </Part>
        ))}
        <Part title="Refused with">
          <dl className="grid gap-1.5 text-dense">
            {operation.refusals.map(({ status, about }) => (
              <div key={status} className="flex gap-2.5">
                <dt className="num w-12 flex-none text-ink-3">
                  {status === "default" ? "else" : status}
                </dt>
                <dd className="wrap-anywhere min-w-0 text-ink-2">{about.replaceAll("`", "")}</dd>
              </div>
            ))}
          </dl>
        </Part>
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1.5 font-semibold text-caption text-ink-2">{title.replaceAll("`", "")}</h3>
      {children}
    </div>
  );
}

function Rows({ title, of, rows }: { title: string; of: string; rows: readonly ReferenceRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Part title={title}>
      <FieldList label={`${title} of ${of}`} rows={rows} />
    </Part>
  );
}

/** What values are called, what they may be, and what they mean. */
function FieldList({ label, rows }: { label: string; rows: readonly ReferenceRow[] }) {
  return (
    <dl aria-label={label} className="divide-y divide-line text-dense">
      {rows.map(({ name, kind, about, isNeeded }) => (
        <div key={name} className="grid gap-x-4 py-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <dt className="wrap-anywhere min-w-0">
            <code>{name}</code>
            {isNeeded && <span className="ml-1.5 text-caption text-ink-3">always</span>}
          </dt>
          <dd className="wrap-anywhere min-w-0 text-ink-2">
            {about !== "" && `${about.replaceAll("`", "")}. `}
            <span className="text-ink-3">{kind.replaceAll("`", "")}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
