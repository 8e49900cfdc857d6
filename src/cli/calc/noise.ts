/**
 * `duibiao calc noise`: hourly levels in, Ld, Ln and Ldn of each point and date out.
 *
 * Input in the order of point, date and hour is worked off as it is read; other input is gathered first. Which of the two
 * it is shows only at its end, so the input waits in a temporary file.
 */
import { fault } from "../../domain/faults.ts";
import { type Policies, parsePolicies } from "../../standards/policy.ts";
import { command, type Effects } from "../command.ts";
import { closedDays, dayLine, NOISE_COLUMNS, type OpenDays, strayLine, takeHour } from "./noise-days.ts";
import { type NoiseHourRow, noiseHours } from "./noise-hours.ts";
import { readTwice } from "./spool.ts";

/** Output is handed on in pieces of about this many characters. */
const PIECE = 1 << 16;

const STDIN = { file: "标准输入" };

export const calcNoise = command({
  name: "calc noise",
  zh: "由小时等效声级（point,date,hour,leq）计算每个点位每天的 Ld、Ln、Ldn（标准输入 CSV → 标准输出 CSV）",
  words: [],
  options: {
    map: { type: "string", value: "原列名=标准列名", zh: "改列名，例如 monitor=point；可重复", multiple: true },
    policy: { type: "string", value: "NAME=V", zh: "口径，例如 nightMinimumHours=6；可重复", multiple: true },
  },
  examples: ["duibiao calc noise --map monitor=point < hours.csv"],

  async run(_words, { map, policy }, effects) {
    const policies = parsePolicies(policy ?? []);
    const maps = map ?? [];
    await readTwice(
      effects.stdin(),
      (bytes) => survey(noiseHours(bytes, maps)),
      async (again, { sorted }) => {
        const lines = sorted
          ? inOrder(noiseHours(again(), maps), policies)
          : gathered(noiseHours(again(), maps), policies);
        await writeAll(lines, effects);
      },
    );
    return 0;
  },
});

type Batches = AsyncIterable<readonly NoiseHourRow[]>;

/** Whether the rows come in order. @throws Fault `csv.empty`, `csv.nothing-computed` when no row is an hour's level */
async function survey(batches: Batches): Promise<{ readonly sorted: boolean }> {
  let sorted = true;
  let header = false;
  let rows = 0;
  let levels = 0;
  let firstProblem = "";
  let last: NoiseHourRow | undefined;
  for await (const batch of batches) {
    header = true;
    for (const row of batch) {
      rows++;
      if (row.level !== undefined) levels++;
      if (row.problem !== "" && firstProblem === "") firstProblem = `第 ${row.line} 行：${row.problem}`;
      if (row.day === undefined) continue;
      // A row without a readable hour stands beside the row before it; it only must not belong to an earlier date.
      const hour = row.hour ?? (last?.point === row.point && last.day === row.day ? last.hour : 0);
      const placed = { ...row, hour };
      if (last !== undefined && isBefore(placed, last)) sorted = false;
      last = placed;
    }
  }
  if (!header) throw fault("csv.empty", {}, STDIN);
  if (levels === 0) {
    const reason = firstProblem || (rows === 0 ? "只有表头" : "没有声级");
    throw fault("csv.nothing-computed", { rows, reason }, STDIN);
  }
  return { sorted };
}

function isBefore(row: NoiseHourRow, last: NoiseHourRow): boolean {
  if (row.point !== last.point) return row.point < last.point;
  const days = (row.day ?? 0) - (last.day ?? 0);
  return days !== 0 ? days < 0 : (row.hour ?? 0) < (last.hour ?? 0);
}

/** The lines of sorted rows: a date leaves as soon as no later row can reach it. */
async function* inOrder(batches: Batches, policies: Policies): AsyncGenerator<string> {
  let point: string | undefined;
  const open: OpenDays = new Map();
  for await (const batch of batches) {
    for (const row of batch) {
      if (row.day === undefined) {
        yield strayLine(row);
        continue;
      }
      const { day, hour } = row;
      if (point !== row.point) {
        yield* leave(open, point, policies);
        point = row.point;
      } else if (hour !== undefined) yield* leave(open, point, policies, { day, hour });
      takeHour(open, row, policies);
    }
  }
  yield* leave(open, point, policies);
}

function* leave(
  open: OpenDays,
  point: string | undefined,
  policies: Policies,
  moment?: { readonly day: number; readonly hour: number },
): Generator<string> {
  if (point === undefined) return;
  for (const day of closedDays(open, policies, moment)) {
    const state = open.get(day);
    if (state !== undefined) yield dayLine(point, day, state, policies);
    open.delete(day);
  }
}

/** The lines of rows in any order: gathered by point and date, 24 numbers each, then put in order. */
async function* gathered(batches: Batches, policies: Policies): AsyncGenerator<string> {
  const points = new Map<string, OpenDays>();
  for await (const batch of batches) {
    for (const row of batch) {
      const open: OpenDays = points.get(row.point) ?? new Map();
      if (!takeHour(open, row, policies)) yield strayLine(row);
      else points.set(row.point, open);
    }
  }
  for (const point of [...points.keys()].sort(byCodeUnit))
    yield* leave(points.get(point) ?? new Map(), point, policies);
}

/** The order `<` has, whatever the machine's locale. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function writeAll(lines: AsyncIterable<string>, { write }: Pick<Effects, "write">): Promise<void> {
  let piece = `${NOISE_COLUMNS}\n`;
  for await (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    await write(piece);
    piece = "";
  }
  await write(piece);
}
