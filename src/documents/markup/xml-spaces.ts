/** Prefixes for the namespaces that readers know, whichever prefixes a document itself has chosen. */

const DRAWING = 'drawingml/2006';
const TRANSITIONAL = 'http://schemas.openxmlformats.org';
/** The strict form of the same formats has addresses of its own. */
const STRICT = 'http://purl.oclc.org/ooxml';
const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';
const MICROSOFT = 'http://schemas.microsoft.com/office';

const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  w: [`${TRANSITIONAL}/wordprocessingml/2006/main`, `${STRICT}/wordprocessingml/main`],
  r: [
    `${TRANSITIONAL}/officeDocument/2006/relationships`,
    `${STRICT}/officeDocument/relationships`,
  ],
  m: [`${TRANSITIONAL}/officeDocument/2006/math`, `${STRICT}/officeDocument/math`],
  a: [`${TRANSITIONAL}/${DRAWING}/main`, `${STRICT}/drawingml/main`],
  wp: [
    `${TRANSITIONAL}/${DRAWING}/wordprocessingDrawing`,
    `${STRICT}/drawingml/wordprocessingDrawing`,
  ],
  pic: [`${TRANSITIONAL}/${DRAWING}/picture`, `${STRICT}/drawingml/picture`],
  dgm: [`${TRANSITIONAL}/${DRAWING}/diagram`, `${STRICT}/drawingml/diagram`],
  p: [`${TRANSITIONAL}/presentationml/2006/main`, `${STRICT}/presentationml/main`],
  s: [`${TRANSITIONAL}/spreadsheetml/2006/main`, `${STRICT}/spreadsheetml/main`],
  rel: [`${TRANSITIONAL}/package/2006/relationships`],
  mc: [`${TRANSITIONAL}/markup-compatibility/2006`],
  v: ['urn:schemas-microsoft-com:vml'],
  wps: [`${MICROSOFT}/word/2010/wordprocessingShape`],
  wpg: [`${MICROSOFT}/word/2010/wordprocessingGroup`],
  wpc: [`${MICROSOFT}/word/2010/wordprocessingCanvas`],
  w14: [`${MICROSOFT}/word/2010/wordml`],
  office: [`${OASIS}:office:1.0`],
  text: [`${OASIS}:text:1.0`],
  table: [`${OASIS}:table:1.0`],
  draw: [`${OASIS}:drawing:1.0`],
  style: [`${OASIS}:style:1.0`],
  presentation: [`${OASIS}:presentation:1.0`],
  svg: [`${OASIS}:svg-compatible:1.0`],
  manifest: [`${OASIS}:manifest:1.0`],
  cont: [`${OASIS}:container`],
  opf: ['http://www.idpf.org/2007/opf'],
};

export const PREFIX_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(PREFIXES).flatMap(([prefix, addresses]) =>
    addresses.map((address) => [address, prefix] as const),
  ),
);

/** Declarations of all prefixes, for what is written again. */
export const DECLARATIONS: string = Object.entries(PREFIXES)
  .map(([prefix, [address]]) => ` xmlns:${prefix}="${address}"`)
  .join('');
