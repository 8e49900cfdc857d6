/**
 * The typesetter: a template, its data and its figures become PDF bytes.
 *
 * Same inputs, same bytes: the date is the data's, the fonts are the bundled ones, nothing is read from the machine.
 * PDF/UA-1 is asked for because it also makes a glyph missing from the fonts an error instead of a box.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { fault } from "../../src/domain/faults.ts";
import { dayStart, parseDay } from "../../src/domain/time.ts";
import { COLOURS, PAPER } from "../charts/theme.ts";
import { FONT_FILES } from "../fonts.ts";
import { assertGlyphs } from "../glyphs.ts";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
/** Templates call `panic("overflow: …")` when a text is wider than its cell. */
const OVERFLOW = /overflow: ([^"\\]*)/;

export type Typeset = {
  /** A file beside this one: `district.typ`. */
  readonly template: string;
  /** Read by the template as `data.json`. */
  readonly data: unknown;
  /** SVG text by file name, as the template names them. */
  readonly figures: Readonly<Record<string, string>>;
  /** `2015-03-31`: written into the PDF as its creation date. */
  readonly date: string;
};

let compiler: NodeCompiler | undefined;

/**
 * The PDF of a document. Blocks for as long as it takes (tens to hundreds of milliseconds): a server calls it in a
 * worker thread.
 * @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset`
 */
export function typeset({ template, data, figures, date }: Typeset): Uint8Array {
  const text = JSON.stringify(data);
  assertGlyphs(text, template);
  // By path, not as bytes: they would be held twice, here and by the engine.
  compiler ??= NodeCompiler.create({
    workspace: FOLDER,
    fontArgs: [{ fontPaths: FONT_FILES.map(({ path }) => path) }],
  });
  try {
    shadow(compiler, "data.json", text);
    shadow(compiler, "theme.json", JSON.stringify({ ...COLOURS, size: PAPER }));
    for (const [name, svg] of Object.entries(figures)) shadow(compiler, name, svg);
    const mainFileContent = readFileSync(new URL(template, import.meta.url), "utf8");
    const compiled = compiler.compile({ mainFileContent });
    const { result } = compiled;
    if (result === null) throw explained(compiled.takeDiagnostics()?.shortDiagnostics ?? []);
    return compiler.pdf(result, { pdfStandard: "ua-1", creationTimestamp: dayStart(parseDay(date)) / 1000 });
  } catch (error) {
    throw explained(error);
  } finally {
    compiler.resetShadow();
    // Without this the memory of every document stays: 388 MB grew to 1.2 GB over 400 documents.
    compiler.evictCache(0);
  }
}

function shadow(to: NodeCompiler, name: string, text: string): void {
  to.mapShadow(`${FOLDER}${name}`, Buffer.from(text, "utf8"));
}

/** Turns the engine's complaint into a fault; a fault stays what it is. */
function explained(problem: unknown): unknown {
  if (problem instanceof Error && problem.name === "Fault") return problem;
  const reason = problem instanceof Error ? problem.message : JSON.stringify(problem);
  const text = OVERFLOW.exec(reason)?.[1];
  return text === undefined ? fault("briefing.not-typeset", { reason }) : fault("briefing.cell-overflow", { text });
}
