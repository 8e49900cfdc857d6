/** Hourly levels of the noise points, one tab-separated file a point in the form of the monitors' exports. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SIMULATED_MARK } from "../../src/domain/simulated.ts";
import { dayText } from "../../src/domain/time.ts";
import type { Job } from "./job.ts";
import { type SimulatedPlace, simulatedNoisePoints } from "./places.ts";
import { bell, stream } from "./random.ts";

/** Usual levels by zone, dB(A): quiet night, busy day. Main roads are too loud at night, as they are. */
const LEVELS: Readonly<Record<string, { readonly night: number; readonly day: number }>> = {
  "1": { night: 41.5, day: 51.5 },
  "2": { night: 46, day: 55.5 },
  "3": { night: 50, day: 59.5 },
  "4a": { night: 56.5, day: 67 },
};
const ABSENT = 0.01;

/** Writes one file a point; returns their paths. Beijing time, the label is the hour's start. */
export async function writeNoiseFiles(job: Job): Promise<readonly string[]> {
  const folder = join(job.dir, "noise");
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const point of simulatedNoisePoints()) {
    const lines = [`\tdatetime\tlaeq_${point.name}\t${SIMULATED_MARK}`, ...pointLines(job, point)];
    const path = join(folder, `${point.code}_hourly_laeq.tsv`);
    await writeFile(path, `${lines.join("\n")}\n`);
    paths.push(path);
  }
  return paths;
}

function pointLines(job: Job, point: SimulatedPlace): readonly string[] {
  const lines: string[] = [];
  const level = LEVELS[point.attributes["zone"] ?? ""] ?? { night: 45, day: 55 };
  for (let day = job.days.first; day <= job.days.last; day++) {
    const next = stream(job.seed, "noise", point.code, day);
    const mood = bell(next);
    for (let hour = 0; hour < 24; hour++) {
      const value = level.night + (level.day - level.night) * bustle(hour) + mood + 0.9 * bell(next);
      if (next() < ABSENT) continue;
      lines.push(`${lines.length}\t${dayText(day)} ${String(hour).padStart(2, "0")}:00:00\t${value.toFixed(2)}\t`);
    }
  }
  return lines;
}

/** 0 in the small hours, 1 in daytime, with a morning and an evening between. */
function bustle(hour: number): number {
  if (hour < 5) return 0;
  if (hour < 8) return (hour - 4) / 4;
  return hour < 20 ? 1 : (24 - hour) / 4;
}
