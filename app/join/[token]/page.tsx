import { Door } from "#components/access/door.tsx";
import { JoinElsewhere, OwnerElsewhereForm } from "#components/access/join-elsewhere.tsx";
import { JoinForm } from "#components/access/join-form.tsx";
import { readOffer } from "#server/access/links.ts";
import { readElsewhere } from "#server/access/page.ts";
import { LINK_OVER } from "#server/access/sign-in/join.ts";

export const dynamic = "force-dynamic";

/** For whoever has the link. */
export default async function Join({ params }: PageProps<"/join/[token]">) {
  const { token } = await params;
  const offer = await readOffer(token);
  if (offer === null)
    return (
      <Door title="This link is over" lead={LINK_OVER}>
        {null}
      </Door>
    );
  const { kind, name, email } = offer;
  const elsewhere = readElsewhere();
  if (elsewhere?.isOnly !== true) {
    return <JoinForm token={token} kind={kind} name={name} email={email} />;
  }
  if (kind === "set_up") return <OwnerElsewhereForm token={token} provider={elsewhere.name} />;
  return <JoinElsewhere email={email} provider={elsewhere.name} />;
}
