import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { StatementView } from "#components/statement/statement-view.tsx";
import { paramsOf } from "#server/api/history/params.ts";
import { readStatement } from "#server/statements/page.ts";

/** For whoever has its address, with no screens around it. */
export default async function Statement({ params, searchParams }: PageProps<"/statements/[id]">) {
  const { id } = await params;
  const host = (await headers()).get("host");
  const page = await readStatement(id, paramsOf(await searchParams), host);
  if (page === null) notFound();
  return <StatementView page={page} />;
}
