/**
 * A chart's configuration becomes SVG text: vectors, letters as paths, the same bytes every time.
 *
 * One canvas per size is kept: a new one per chart grew to 1.6 GB over a few hundred charts. Letters are paths because
 * SVG text loses glyphs on the way through the typesetter; the figure's `alt` text and the tables carry the words.
 */
import type { ChartConfiguration, ChartType, DefaultDataPoint, Plugin } from "chart.js";
import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import { FONT_FILES } from "../fonts.ts";
import { assertGlyphs } from "../glyphs.ts";
import type { Pen } from "./pen.ts";

const canvases = new Map<string, ChartJSNodeCanvas>();

/**
 * The chart as SVG text of the given size.
 * @throws Fault `briefing.glyph-missing` when a label has a character the bundled font lacks
 */
export function chartSvg<T extends ChartType, D = DefaultDataPoint<T>, L = unknown>(
  config: ChartConfiguration<T, D, L>,
  size: { readonly width: number; readonly height: number },
): string {
  const texts: string[] = [];
  const plugins = [...(config.plugins ?? []), listening(texts)];
  const buffer = canvasOf(size.width, size.height).renderToBufferSync(
    { ...config, plugins } as unknown as ChartConfiguration,
    "image/svg+xml" as "image/png",
  );
  assertGlyphs(texts.join(""), "chart");
  return renumberIds(buffer.toString("utf8"));
}

/** Hears every text that is really drawn, be it a tick, a legend or a plugin's. */
function listening(texts: string[]): Plugin {
  return {
    id: "listening",
    beforeInit: (chart) => {
      const pen: Pen = chart.ctx;
      const fillText = pen.fillText;
      pen.fillText = (text, ...rest) => {
        texts.push(String(text));
        fillText.call(pen, text, ...rest);
      };
    },
  };
}

function canvasOf(width: number, height: number): ChartJSNodeCanvas {
  const key = `${width}x${height}`;
  const kept = canvases.get(key);
  if (kept !== undefined) return kept;
  const made = new ChartJSNodeCanvas({ width, height, type: "svg" });
  // Fonts are the process's, not the canvas's: a second registration reads 20 MB again.
  if (canvases.size === 0) {
    for (const { path, family } of FONT_FILES.filter((one) => one.family === "Noto Sans SC")) {
      made.registerFont(path, { family });
    }
  }
  canvases.set(key, made);
  return made;
}

/** Ids count up through the life of a process; numbering them by first appearance makes equal charts equal bytes. */
function renumberIds(svg: string): string {
  const numbers = new Map<string, string>();
  return svg.replaceAll(/(id="|url\(#|href="#)([\w.-]+)/g, (_all, before: string, id: string) => {
    const number = numbers.get(id) ?? `c${numbers.size}`;
    numbers.set(id, number);
    return before + number;
  });
}
