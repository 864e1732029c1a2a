/** Who stands behind a site, a story, a picture: for machines, which ask whether it is a person. */
import type { Published } from "../schema/kinds.ts";
import { canonical } from "../stories/address.ts";
import { publisherName, publisherOf } from "../stories/publisher.ts";
import type { StoryView } from "../stories/views.ts";

/** Somebody, as schema.org names them. */
export interface Party {
  "@type": "Person" | "Organization" | "GovernmentOrganization";
  name: string;
  url?: string;
}

/** Whose site it is. */
export const publisherParty = (site: Published<"site">): Party => ({
  "@type": publisherOf(site) ? "GovernmentOrganization" : "Organization",
  name: publisherName(site),
  url: canonical("/"),
});

/** Who wrote a story: who signed it, else the unit that sent it, else whose site it is. */
export function authorOf(
  { data, unit }: StoryView,
  site: Published<"site">,
): Party {
  if (data.byline) return { "@type": "Person", name: data.byline };
  return unit ? { "@type": "Organization", name: unit } : publisherParty(site);
}

/** What collectives are called. A family is called Đoàn too, so that word counts with what must follow it. */
const COLLECTIVE =
  /^(?:báo|đài|cổng|trang|ban|sở|bộ|ủy ban|ubnd|hđnd|mặt trận|hội|liên đoàn|đoàn (?:thanh niên|tncs|trường|xã|phường|thể|công tác)|đội|tổ|nhóm|câu lạc bộ|clb|trung tâm|trường|phòng|văn phòng|công an|quân|đồn|htx|hợp tác xã|công ty|xóm|thôn|bản|xã|phường|tỉnh|thông tấn|ttxvn|tạp chí|bệnh viện|viện|bảo tàng|thư viện|cơ quan|gia đình)(?![\p{L}\p{M}])/iu;

/** Who made a picture: its credit is a name, of a person or of many. */
export const creatorOf = (credit: string): Party => ({
  "@type": COLLECTIVE.test(credit) ? "Organization" : "Person",
  name: credit,
});
