import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { CodeSetUp } from "#components/access/code-set-up.tsx";
import { readCodeSetUp } from "#server/access/page.ts";
import { paramsOf } from "#server/http/params.ts";

export const dynamic = "force-dynamic";

/** For whoever signed in with a password and has to set up a code before anything else. */
export default async function SecondFactor({ searchParams }: PageProps<"/second-factor">) {
  const cookies = (await headers()).get("cookie");
  const page = await readCodeSetUp(paramsOf(await searchParams), cookies);
  if ("onTo" in page) redirect(page.onTo);
  return <CodeSetUp next={page.next} />;
}
