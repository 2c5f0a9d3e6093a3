import { Notice } from "#components/ui/notice.tsx";

export default function SourceNotFound() {
  return (
    <Notice title="No such source" way={{ href: "/sources", words: "All sources" }}>
      No source has this address. It may have been typed wrong, or the source was deleted.
    </Notice>
  );
}
