import { SignInForm } from "#components/access/sign-in-form.tsx";
import { paramsOf } from "#server/http/params.ts";

export const dynamic = "force-dynamic";

/** For those who have not signed in yet. It leads on to a page of ours, and to no other site: without one to theirs. */
export default async function SignIn({ searchParams }: PageProps<"/sign-in">) {
  const next = paramsOf(await searchParams).get("next");
  return <SignInForm next={next !== null && /^\/(?![/\\])/.test(next) ? next : null} />;
}
