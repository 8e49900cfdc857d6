/** The routes of the API. */
import type { Route } from "../route.ts";

export const API_ROUTES: readonly Route[] = [];
