/*
 * The parts of an Office Open XML workbook (ECMA-376) that do not depend on its rows. A cell names its style by
 * its index in `STYLES`.
 */

export const STYLES = [
  "plain",
  "head",
  "moment",
  "minutes",
  "percent",
  "label",
  "wrapped",
] as const;
export type Style = (typeof STYLES)[number];

export function styleOf(style: Style): number {
  return STYLES.indexOf(style);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Characters that XML cannot contain; a sheet with one does not open. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const SPECIAL: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // Unescaped, a carriage return would be read as a line feed.
  "\r": "&#13;",
};

/** A text escaped for XML. Characters that XML cannot contain are replaced by U+FFFD. */
export function xmlText(text: string): string {
  return text
    .replace(UNWRITABLE, "\u{FFFD}")
    .replace(/[&<>"\r]/g, (letter) => SPECIAL[letter] ?? letter);
}

export function document(root: string): string {
  return XML + root;
}

/** A sheet as listed in the workbook. */
export interface SheetNamed {
  name: string;
  /** The columns and rows to repeat on every printed page, such as `$A:$B` and `$1:$1`; empty for none. */
  repeated: readonly string[];
}

export function workbookXml(sheets: readonly SheetNamed[]): string {
  const names = sheets.flatMap(({ name, repeated }, index) => {
    if (repeated.length === 0) return [];
    const quoted = `'${name.replaceAll("'", "''")}'`;
    const ranges = repeated.map((range) => `${quoted}!${range}`).join(",");
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${xmlText(ranges)}</definedName>`;
  });
  const listed = sheets.map(
    ({ name }, index) =>
      `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return document(
    `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${listed.join("")}</sheets>` +
      `${names.length === 0 ? "" : `<definedNames>${names.join("")}</definedNames>`}</workbook>`,
  );
}

export function workbookRelations(sheets: number): string {
  const all = Array.from(
    { length: sheets },
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return document(
    `<Relationships xmlns="${PACKAGE}/relationships">${all.join("")}` +
      `<Relationship Id="rId${sheets + 1}" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`,
  );
}

export const RELATIONS = document(
  `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
);

export function contentTypes(sheets: number): string {
  const all = Array.from(
    { length: sheets },
    (_, index) =>
      `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
  );
  return document(
    `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>${all.join("")}</Types>`,
  );
}

const TOP = '<alignment vertical="top"/>';
const WRAPPED = '<alignment vertical="top" wrapText="1"/>';

/** The format of each of `STYLES`. */
const FORMATS: Readonly<Record<Style, string>> = {
  plain: `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">${TOP}</xf>`,
  head: `<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${WRAPPED}</xf>`,
  moment: `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">${TOP}</xf>`,
  minutes: `<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">${TOP}</xf>`,
  percent: `<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">${TOP}</xf>`,
  label: `<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">${WRAPPED}</xf>`,
  wrapped: `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">${WRAPPED}</xf>`,
};

export const STYLES_XML = document(
  `<styleSheet xmlns="${MAIN}"><numFmts count="3">` +
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>' +
    '<numFmt numFmtId="165" formatCode="#,##0.0"/><numFmt numFmtId="166" formatCode="0.0%"/></numFmts>' +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>' +
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>' +
    '<fills count="3"><fill><patternFill patternType="none"/></fill>' +
    '<fill><patternFill patternType="gray125"/></fill>' +
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEDEFF2"/><bgColor indexed="64"/></patternFill></fill></fills>' +
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>' +
    '<border><left/><right/><top/><bottom style="thin"><color rgb="FF6B7280"/></bottom><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${STYLES.length}">${STYLES.map((style) => FORMATS[style]).join("")}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
);
