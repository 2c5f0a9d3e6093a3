import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { askedOf, UnansweredNotice } from "#app/answered.tsx";
import { StatementScreen } from "#components/people/statements/statement-screen.tsx";
import { readStatement } from "#server/people/statements/page.ts";

/** For every reader who has its address, without the dashboard around it. */
export default async function Statement({ params, searchParams }: PageProps<"/statements/[id]">) {
  const { id } = await params;
  const asked = await askedOf(searchParams);
  const page = await readStatement(id, asked, await headers());
  if (page === null) notFound();
  return <StatementScreen page={page} above={<UnansweredNotice asked={asked} />} />;
}
