/** A QR code as a picture with an address of its own: the pages' policy takes none that is written into a page. */
import { encode } from "uqr";
import { html } from "../html.ts";
import type { Reply } from "../route.ts";

/** ISO/IEC 18004 asks for four light modules around it. */
const QUIET = 4;

/** Dark on white whatever the colours of the page: cameras want it so. */
export function qrPicture(text: string): Reply {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return {
    type: "image/svg+xml",
    body: html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${dark}"/></svg>`,
  };
}
