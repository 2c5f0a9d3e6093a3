"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import { Choice } from "#components/lists/choice.tsx";
import { TextField } from "#components/lists/filter-bar.tsx";
import type { Address } from "#components/lists/use-address.ts";
import { Field } from "#components/ui/field.tsx";
import { DELIVERY_RESULTS } from "#domain/event/delivery.ts";
import type { DeliveriesNarrowed } from "#domain/sources/deliveries/deliveries-page.ts";
import { RESULT_WORDS } from "./result-words.ts";

const ID = /^\d{16}$/;

/** Whom it told of, of which type, and what became of it: the filters of this page alone. */
export function DeliveryFilters({
  narrowed: { type, status, person },
  types,
  address: { go },
}: {
  narrowed: DeliveriesNarrowed;
  /** The types on the page. */
  types: readonly string[];
  address: Address;
}) {
  const router = useRouter();
  const typesId = useId();
  const look = (text: string) => {
    // A number leads to the delivery itself.
    if (ID.test(text.trim())) router.push(`/deliveries/${text.trim()}`);
    else go({ person: text });
  };
  return (
    <>
      <TextField
        label="Person, or a delivery’s number"
        name="person"
        type="search"
        value={person ?? ""}
        className="sm:w-52"
        onChange={look}
      />
      <TextField
        label="Type"
        name="type"
        type="text"
        value={type ?? ""}
        list={typesId}
        className="sm:w-40"
        onChange={(text) => go({ type: text })}
      />
      <datalist id={typesId}>
        {types.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Field label="Result" className="sm:max-w-40">
        <Choice name="status" value={status ?? ""} onChange={(value) => go({ status: value })}>
          <option value="">Any</option>
          {DELIVERY_RESULTS.map((one) => (
            <option key={one} value={one}>
              {RESULT_WORDS[one]}
            </option>
          ))}
        </Choice>
      </Field>
    </>
  );
}
