// Finished tables as danfojs DataFrames.
//
// danfojs counts a missing value as 0 in a group's mean, sorts NaN as it likes and mixes up column names that hold "_" or
// "-". So no frame leaves here with a hole in it: rows that lack a number are set aside and said, and names are letters.
import { DataFrame } from "danfojs-node";
import { ask, exported } from "./command.mjs";

/**
 * A frame without holes. @param columns name → [source key, "number" | "text"]
 * @returns { frame, leftOut }: the rows set aside are given back as they came
 */
export function wholeFrame(rows, columns) {
  const names = Object.keys(columns);
  const odd = names.find((name) => !/^[A-Za-z][A-Za-z0-9]*$/.test(name));
  if (odd !== undefined) throw new Error(`column name ${odd}: letters and digits only`);
  const leftOut = [];
  const kept = [];
  for (const row of rows) {
    const values = Object.values(columns).map(([key, kind]) => valueOf(row[key], kind));
    if (values.includes(undefined)) leftOut.push(row);
    else kept.push(values);
  }
  return { frame: kept.length === 0 ? new DataFrame() : new DataFrame(kept, { columns: names }), leftOut };
}

function valueOf(given, kind) {
  if (kind === "text") return given === null || given === undefined ? "" : String(given);
  if (given === null || given === undefined || given === "") return undefined;
  const number = Number(given);
  return Number.isFinite(number) ? number : undefined;
}

/** Daily means (and MDA8 of ozone) that count, of one indicator. */
export function daily(store, indicator) {
  const ozone = indicator === "o3";
  const rows = exported(store, "daily", "--indicator", indicator).filter(
    (row) => row[ozone ? "mda8_valid" : "valid"] === "true",
  );
  return wholeFrame(rows, {
    code: ["place_code", "text"],
    place: ["place", "text"],
    kind: ["kind", "text"],
    day: ["day", "text"],
    value: [ozone ? "mda8" : "mean", "number"],
    hours: ["n", "number"],
  });
}

/** Month and year statistics that count, of one indicator. */
export function statistics(store, indicator) {
  const rows = exported(store, "statistics", "--indicator", indicator).filter((row) => row.valid === "true");
  return wholeFrame(rows, {
    code: ["place_code", "text"],
    place: ["place", "text"],
    kind: ["kind", "text"],
    period: ["period", "text"],
    statistic: ["statistic", "text"],
    value: ["value", "number"],
    rounded: ["rounded", "number"],
    validDays: ["valid_days", "number"],
  });
}

/** A ranking, worst first; places without data are not in it, they stand in `missing`. */
export function rank(store, indicator, period, kind = "township") {
  const { rows, missing } = ask(store, "rank", indicator, "--period", period, "--kind", kind);
  const table = wholeFrame(rows, {
    rank: ["rank", "number"],
    code: ["code", "text"],
    place: ["place", "text"],
    value: ["value", "number"],
    rounded: ["rounded", "number"],
  });
  return { ...table, missing };
}

/** Standings of a plan year's targets; those without a value are left out of the frame and given back. */
export function standings(store, year) {
  return wholeFrame(ask(store, "targets", ...(year === undefined ? [] : ["--plan", String(year)])), {
    id: ["id", "text"],
    metric: ["metric", "text"],
    comparator: ["comparator", "text"],
    target: ["target", "number"],
    value: ["value", "number"],
    unit: ["unit", "text"],
    standing: ["standing", "text"],
  });
}
