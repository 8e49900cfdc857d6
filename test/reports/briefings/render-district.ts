/** Prints the SHA-256 of the ordinary month's PDF: run by a test as a child in another folder, zone and language. */
import { createHash } from "node:crypto";
import { renderDistrict } from "../../../reports/briefings/district.ts";
import { march } from "./cases/march.ts";

renderDistrict(march()).then((pdf) => {
  process.stdout.write(createHash("sha256").update(pdf).digest("hex"));
}, console.error);
