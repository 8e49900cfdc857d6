/** Every route there is. The app is built from this list, and so is the test of roles. */
import { healthz, readyz } from "./health.ts";
import { airPage } from "./pages/air.ts";
import { briefingFile, briefingsPage } from "./pages/briefings.ts";
import { cumulativePicture } from "./pages/chart-picture.ts";
import { rankCsv, rankXlsx, targetsCsv, targetsXlsx } from "./pages/exports.ts";
import { rankPage } from "./pages/rank.ts";
import { targetsPage } from "./pages/targets.ts";
import { todayPage } from "./pages/today.ts";
import type { Route } from "./route.ts";

export const ROUTES: readonly Route[] = [
  { method: "get", path: "/healthz", needs: "health", handle: healthz },
  { method: "get", path: "/readyz", needs: "health", handle: readyz },
  { method: "get", path: "/", needs: "view", cached: true, handle: todayPage },
  { method: "get", path: "/air", needs: "view", cached: true, handle: airPage },
  { method: "get", path: "/charts/cumulative.svg", needs: "view", cached: true, handle: cumulativePicture },
  { method: "get", path: "/rank", needs: "view", cached: true, handle: rankPage },
  { method: "get", path: "/rank.csv", needs: "view", cached: true, handle: rankCsv },
  { method: "get", path: "/rank.xlsx", needs: "view", cached: true, handle: rankXlsx },
  { method: "get", path: "/targets", needs: "view", cached: true, handle: targetsPage },
  { method: "get", path: "/targets.csv", needs: "view", cached: true, handle: targetsCsv },
  { method: "get", path: "/targets.xlsx", needs: "view", cached: true, handle: targetsXlsx },
  { method: "get", path: "/briefings", needs: "briefing.view", handle: briefingsPage },
  { method: "get", path: "/briefings/:file", needs: "briefing.view", handle: briefingFile },
];
