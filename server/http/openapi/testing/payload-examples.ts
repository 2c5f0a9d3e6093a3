import { TRIGGERS } from "#domain/integrations/outgoing/endpoint.ts";
import { EXAMPLES } from "#server/integrations/outgoing/testing/examples.ts";
import { PAYLOADS } from "#server/integrations/outgoing/testing/payloads.ts";

const BEGIN = /<!-- written by [^\n]*examples\.ts` -->\n/;
const END = "<!-- until here -->";

/** A document with an example of everything that is sent between its marks. */
export function withExamples(document: string): string {
  const [mark = ""] = BEGIN.exec(document) ?? [];
  const [before = "", rest = ""] = document.split(mark);
  const after = rest.slice(rest.indexOf(END));
  const each = TRIGGERS.map((trigger) => {
    // A list of words stands on one line, as the formatter has it.
    const json = JSON.stringify(EXAMPLES[trigger], null, 2).replaceAll(
      /\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g,
      (_, words: string) => `[${words.replaceAll(/\s+/g, " ")}]`,
    );
    return `### \`${trigger}\`\n\n${PAYLOADS[trigger].says}.\n\n\`\`\`json\n${json}\n\`\`\`\n`;
  });
  return `${before}${mark}\n${each.join("\n")}\n${after}`;
}
