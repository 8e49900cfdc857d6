/** Every route there is. The app is built from this list, and so is the test of roles. */
import { API_ROUTES } from "./api/routes.ts";
import { healthz, readyz } from "./health.ts";
import { LOCAL_ROUTE } from "./local-run.ts";
import { metricsText } from "./metrics.ts";
import { PAGE_ROUTES } from "./pages/routes.ts";
import type { Route } from "./route.ts";

export const ROUTES: readonly Route[] = [
  { method: "get", path: "/healthz", needs: "health", handle: healthz },
  { method: "get", path: "/readyz", needs: "health", handle: readyz },
  { method: "get", path: "/metrics", needs: "metrics", handle: metricsText },
  LOCAL_ROUTE,
  ...PAGE_ROUTES,
  ...API_ROUTES,
];
