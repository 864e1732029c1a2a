/** Pictures and documents that lie beside an entry, and where they are published. Pure: no file is read here. */
import type { PictureInfo } from "../media/inspect.ts";
import { licenceLabel, type Licence } from "../schema/picture.ts";

export interface DocumentInfo {
  /** Stands for the content: a new version has a new address. */
  hash: string;
  bytes: number;
}

/** Folder of the published documents, under the site's base. */
export const DOCUMENTS_FOLDER = "_files";

/** Where a document is published, below the site's base. */
export const documentPath = (name: string, { hash }: DocumentInfo): string =>
  `${DOCUMENTS_FOLDER}/${hash}/${name}`;

/** What a download link needs to know. */
export const documentView = (
  name: string,
  info: DocumentInfo,
  base: string,
) => ({
  href: `${base}${documentPath(name, info)}`,
  extension: name.slice(name.lastIndexOf(".") + 1),
  bytes: info.bytes,
});

/** A picture that is shown, and what is said of it there. */
export interface ShownPicture {
  name: string;
  info: PictureInfo;
  /** Of the file; not known of one that lies beside the entry for its editor alone. */
  bytes?: number | undefined;
  credit?: string | undefined;
  licence?: Licence | undefined;
  alt?: string | undefined;
  caption?: string | undefined;
  showsChildren?: true | undefined;
}

/** The credit that is written into a picture's published files. */
export const creditOf = ({
  credit,
  licence,
}: Pick<ShownPicture, "credit" | "licence">): {
  credit?: string;
  licence?: string;
} => ({
  ...(credit ? { credit } : {}),
  ...(licence ? { licence: licenceLabel(licence) } : {}),
});
