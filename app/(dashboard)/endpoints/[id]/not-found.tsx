import { Notice } from "#components/ui/notice.tsx";

export default function EndpointNotFound() {
  return (
    <Notice title="No such webhook" way={{ href: "/endpoints", words: "All webhooks" }}>
      Nothing is sent from here by that id. It may have been typed wrong, or it was removed.
    </Notice>
  );
}
