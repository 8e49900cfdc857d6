/** The part of a 2D canvas our inline plugins draw with; the same in a browser and on paper. */

export type Pen = {
  font: string;
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  textAlign: "left" | "right" | "center";
  textBaseline: "top" | "middle" | "alphabetic" | "bottom";
  save(): void;
  restore(): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  setLineDash(segments: number[]): void;
};

/** Writes one text at a point. */
export function write(
  pen: Pen,
  text: string,
  at: { readonly x: number; readonly y: number },
  how: { readonly font: string; readonly colour: string; readonly align?: Pen["textAlign"] },
): void {
  pen.font = how.font;
  pen.fillStyle = how.colour;
  pen.textAlign = how.align ?? "left";
  pen.textBaseline = "middle";
  pen.fillText(text, at.x, at.y);
}

/** Draws a straight line. */
export function line(
  pen: Pen,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  how: { readonly colour: string; readonly width: number },
): void {
  pen.strokeStyle = how.colour;
  pen.lineWidth = how.width;
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
}

/** An axis: where a value lies on the canvas. */
export type Axis = { getPixelForValue(value: number): number };

/** The two axes of a drawn chart. @throws RangeError when a chart was declared without them */
export function axesOf(chart: { readonly scales: Readonly<Record<string, Axis>> }): {
  readonly x: Axis;
  readonly y: Axis;
} {
  const { x, y } = chart.scales;
  if (x === undefined || y === undefined) throw new RangeError("the chart has no x or y axis");
  return { x, y };
}
