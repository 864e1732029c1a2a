/** Where it is written what others may do with a picture, and with the site's texts. */
import { PRESS } from "../press/address.ts";
import {
  licenceDeed,
  licenceLabel,
  licenceTerms,
  type Licence,
} from "../schema/picture.ts";
import { canonical } from "./address.ts";

/** What the site's own texts may be used under: LICENSE-CONTENT. */
const OF_TEXTS: Licence = "cc-by-4.0";

/** Its name, the address that stands for it, and its terms for readers. */
export const TEXT_LICENCE = {
  title: licenceLabel(OF_TEXTS),
  url: licenceTerms(OF_TEXTS)!,
  deed: licenceDeed(OF_TEXTS)!,
};

/** The page that holds a licence's terms: everybody's, or the press page, which holds this site's own. */
export const licencePage = (licence: Licence): string =>
  licenceTerms(licence) ?? canonical(PRESS);
