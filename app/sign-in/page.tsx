import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/access/sign-in-form.tsx";
import { readSignIn } from "#server/access/page.ts";
import { paramsOf } from "#server/http/params.ts";

export const dynamic = "force-dynamic";

/** For those who have not signed in yet. Who is signed in goes on from here, however they came in. */
export default async function SignIn({ searchParams }: PageProps<"/sign-in">) {
  const cookies = (await headers()).get("cookie");
  const page = await readSignIn(paramsOf(await searchParams), cookies);
  if ("onTo" in page) redirect(page.onTo);
  return <SignInForm {...page} />;
}
