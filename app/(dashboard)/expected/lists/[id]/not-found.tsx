import { Notice } from "#components/ui/notice.tsx";

export default function ClassListNotFound() {
  return (
    <Notice title="No such class list" way={{ href: "/expected/lists", words: "All class lists" }}>
      It may have been removed, or the address was typed wrong.
    </Notice>
  );
}
