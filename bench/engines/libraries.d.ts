/**
 * What is used of libraries that only bench/package.json installs: the types hold whether it is installed or
 * not.
 */
declare module "minisearch" {
  export default class MiniSearch {
    static loadJSON(json: string, options: object): MiniSearch;
    constructor(options: object);
    addAll(documents: readonly object[]): void;
    search(query: string): { id: string }[];
  }
}

declare module "flexsearch" {
  class Document {
    constructor(options: object);
    add(document: object): void;
    export(
      write: (key: string, value: string | undefined) => void,
    ): Promise<void>;
    import(key: string, value: string | undefined): void;
    search(
      query: string,
      options: { limit: number; merge: true },
    ): { id: string }[];
  }
  export default { Document };
}
