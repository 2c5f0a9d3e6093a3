import { Notice } from "#components/ui/notice.tsx";

export default function DeliveryNotFound() {
  return (
    <Notice title="No such delivery" way={{ href: "/deliveries", words: "All deliveries" }}>
      Nothing that is kept has this number. It may have been typed wrong, or lies in a room that you
      do not see.
    </Notice>
  );
}
