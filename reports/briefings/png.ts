/** A figure's vectors as pixels, for programs that show no SVG (older Word). */
import { createRequire } from "node:module";
import { fault } from "../../src/domain/faults.ts";

// The package's names are made at run time, so that an `import` of them finds none.
const { createCanvas, loadImage } = createRequire(import.meta.url)("canvas") as typeof import("canvas");

/** Pixels for each unit of the figure: sharp in print at the size shown. */
const SCALE = 3;

export type Picture = { readonly bytes: Uint8Array; readonly width: number; readonly height: number };

/** @returns PNG bytes with the figure's own width and height, which are smaller than those in pixels */
export async function svgPng(svg: string): Promise<Picture> {
  const size = /<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/.exec(svg);
  if (size === null) throw fault("briefing.not-typeset", { reason: "a figure without a size" });
  const [width, height] = [Number(size[1]), Number(size[2])];
  const box = /<svg[^>]*viewBox/.test(svg) ? "" : ` viewBox="0 0 ${width} ${height}"`;
  const large = svg.replace(
    /<svg([^>]*?)\swidth="[\d.]+"([^>]*?)\sheight="[\d.]+"/,
    (_, before: string, between: string) =>
      `<svg${before} width="${width * SCALE}"${between} height="${height * SCALE}"${box}`,
  );
  const image = await loadImage(Buffer.from(large));
  const canvas = createCanvas(width * SCALE, height * SCALE);
  const pen = canvas.getContext("2d");
  // Word's page is white; so is the figure's ground, also where a reader looks at it in the dark.
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return { bytes: new Uint8Array(canvas.toBuffer("image/png")), width, height };
}
