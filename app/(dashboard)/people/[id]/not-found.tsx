import { Notice } from "#components/ui/notice.tsx";

export default function PersonNotFound() {
  return (
    <Notice title="No such person" way={{ href: "/people", words: "All people" }}>
      Nobody has this address. It may have been typed wrong, or all that was kept of them was
      erased.
    </Notice>
  );
}
