import { SignInForm } from "#components/access/sign-in-form.tsx";
import { readSignIn } from "#server/access/page.ts";
import { paramsOf } from "#server/http/params.ts";

export const dynamic = "force-dynamic";

/** For those who have not signed in yet. It leads on to a page of ours, and to no other site: without one to theirs. */
export default async function SignIn({ searchParams }: PageProps<"/sign-in">) {
  return <SignInForm {...readSignIn(paramsOf(await searchParams))} />;
}
