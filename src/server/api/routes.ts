/** The routes of the API. */
import type { Route } from "../route.ts";
import { ENDPOINTS } from "./endpoints.ts";

let document: Promise<string> | undefined;

export const API_ROUTES: readonly Route[] = [
  ...ENDPOINTS.map((one) => one.route),
  {
    method: "get",
    path: "/api/v1/openapi.json",
    needs: "view",
    handle: async () => {
      document ??= import("./openapi.ts").then(({ openApiDocument }) =>
        JSON.stringify(openApiDocument(), undefined, 2),
      );
      return { type: "application/json; charset=utf-8", body: await document };
    },
  },
];
