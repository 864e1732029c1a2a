/** Where it is written what others may do with a picture, and with the site's texts. */
import { PRESS } from "../press/address.ts";
import type { Licence } from "../schema/picture.ts";
import { canonical } from "../stories/address.ts";

/** What the site's own texts may be used under. */
export const TEXT_LICENCE = "https://creativecommons.org/licenses/by/4.0/";

const PUBLIC_LICENCES: Partial<Record<Licence, string>> = {
  "cc-by-4.0": TEXT_LICENCE,
  "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
  "public-domain": "https://creativecommons.org/publicdomain/mark/1.0/",
};

/** The page that holds a licence's terms: everybody's, or the press page, which holds this site's own. */
export const licencePage = (licence: Licence): string =>
  PUBLIC_LICENCES[licence] ?? canonical(PRESS);
