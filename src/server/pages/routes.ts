/** The routes of pages, pictures and exports, with the permission each needs. */
import type { Route } from "../route.ts";
import { airPage } from "./air.ts";
import { briefingFile, briefingsPage } from "./briefings.ts";
import { changesPage } from "./changes.ts";
import { cumulativePicture } from "./chart-picture.ts";
import { batchPage, coveragePage, dataPage, rejectsCsv } from "./data.ts";
import { explainPage } from "./explain.ts";
import { rankCsv, rankXlsx, targetsCsv, targetsXlsx } from "./exports.ts";
import { methodPage, methodsPage } from "./methods.ts";
import { noisePage } from "./noise.ts";
import { rankPage } from "./rank.ts";
import { searchPage } from "./search.ts";
import { targetPage } from "./target.ts";
import { targetsPage } from "./targets.ts";
import { tasksPage } from "./tasks.ts";
import { todayPage } from "./today.ts";
import { townshipPage } from "./township.ts";
import { townshipsPage } from "./townships.ts";
import { sectionPage, waterPage } from "./water.ts";

const page = (path: string, needs: Route["needs"], handle: Route["handle"]): Route => ({
  method: "get",
  path,
  needs,
  cached: true,
  handle,
});

const ofTownship: Route["subject"] = ({ params }) => ({ township: params["code"] });

export const PAGE_ROUTES: readonly Route[] = [
  page("/", "view", todayPage),
  page("/air", "view", airPage),
  page("/charts/cumulative.svg", "view", cumulativePicture),
  page("/rank", "view", rankPage),
  page("/rank.csv", "view", rankCsv),
  page("/rank.xlsx", "view", rankXlsx),
  page("/townships", "view", townshipsPage),
  { ...page("/township/:code", "view.detail", townshipPage), subject: ofTownship },
  page("/water", "view", waterPage),
  page("/water/:code", "view", sectionPage),
  page("/noise", "view.complaints", noisePage),
  page("/targets", "view", targetsPage),
  page("/targets.csv", "view", targetsCsv),
  page("/targets.xlsx", "view", targetsXlsx),
  // Holds a form with the token of its session, so it is never kept.
  { ...page("/targets/:id", "view", targetPage), cached: false },
  page("/tasks", "view", tasksPage),
  { ...page("/briefings", "briefing.view", briefingsPage), cached: false },
  { ...page("/briefings/:file", "briefing.view", briefingFile), cached: false },
  page("/changes", "changes.view", changesPage),
  page("/data", "data.view", dataPage),
  page("/data/coverage", "data.view", coveragePage),
  page("/data/batches/:id", "data.view", batchPage),
  page("/data/batches/:id/rejects.csv", "data.view", rejectsCsv),
  page("/explain/:indicator", "view", explainPage),
  page("/methods", "view", methodsPage),
  page("/methods/:indicator", "view", methodPage),
  page("/search", "view", searchPage),
];
