/** Which lines of a file hold data: those its format makes readings, records or rejects of. What is left are heads and notes. */
import type { Format, ReadContext, SourceFile } from "../format.ts";

export function dataLines(format: Format, file: SourceFile, context: ReadContext): ReadonlySet<number> {
  const lines = new Set<number>();
  const note = ({ line }: { readonly line: number }): void => {
    lines.add(line);
  };
  const nothing = (): void => undefined;
  format.read(
    file,
    { columns: nothing, row: note, reject: note, record: note, missing: nothing, ignored: nothing },
    context,
  );
  return lines;
}
