import { Notice } from "#components/ui/notice.tsx";

/** In place of what a link showed, or never did: nobody is told which. */
export function LinkOver() {
  return (
    <main>
      <Notice title="This link shows nothing" way={null}>
        It has ended, it was revoked, or it was not copied whole. Ask whoever sent it for another
        one.
      </Notice>
    </main>
  );
}
