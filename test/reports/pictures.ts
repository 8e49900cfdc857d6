/**
 * Pages held against approved pictures.
 *
 * An approved picture is made on the first local run, looked at, and committed; in CI a missing one is a failure. A
 * page may differ by the little that another version of the rasteriser draws differently, not by a moved line.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createCanvas, loadImage } from "canvas";

/** Coarse enough to forgive hinting, fine enough to show a moved row. */
export const PICTURE_DPI = 50;
/** Grey levels of 255 by which the mean of an 8 × 8 block may differ. */
const TOLERANCE = 40;
const BLOCK = 8;

/** The share of 8 × 8 blocks that differ from the approved picture; `undefined` when it was just made. */
export async function differenceFrom(name: string, picture: Buffer): Promise<number | undefined> {
  const path = fileURLToPath(new URL(`briefings/approved/${name}.jpg`, import.meta.url));
  if (!existsSync(path)) {
    if (process.env["CI"] === "true") throw new Error(`no approved picture ${name}.jpg`);
    mkdirSync(new URL("briefings/approved/", import.meta.url), { recursive: true });
    writeFileSync(path, picture);
    return undefined;
  }
  const [seen, approved] = [await blocks(picture), await blocks(readFileSync(path))];
  if (seen.length !== approved.length) return 1;
  const off = seen.filter((value, at) => Math.abs(value - (approved[at] ?? 0)) > TOLERANCE);
  return off.length / seen.length;
}

/** The mean grey of each block of a picture, row by row. */
async function blocks(bytes: Buffer): Promise<readonly number[]> {
  const image = await loadImage(bytes);
  const canvas = createCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const means: number[] = [];
  for (let top = 0; top + BLOCK <= image.height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= image.width; left += BLOCK) {
      let sum = 0;
      for (let at = 0; at < BLOCK * BLOCK; at++) {
        sum += data[((top + Math.floor(at / BLOCK)) * image.width + left + (at % BLOCK)) * 4] ?? 0;
      }
      means.push(sum / (BLOCK * BLOCK));
    }
  }
  return means;
}
