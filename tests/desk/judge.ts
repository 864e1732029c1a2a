/** A judge for these tests: the schema's own verdict on a story's fields. */
import type { DeskFile, Judge } from "../../src/desk/store.ts";
import { splitSource } from "../../src/judge/parts.ts";
import { parseYaml } from "../../src/judge/yaml.ts";
import { checkData } from "../../src/schema/messages.ts";
import { news } from "../../src/schema/news.ts";
import type { Problem } from "../../src/schema/problem.ts";

const schema = (files: readonly DeskFile[]): Problem[] =>
  files.flatMap(({ path: file, bytes }): Problem[] => {
    if (!file.startsWith("news/") || !file.endsWith(".mdx")) return [];
    const parts = splitSource(bytes.toString(), file);
    if ("finding" in parts) return [{ file, ...parts.finding }];
    const yaml = parseYaml(parts.front);
    if ("finding" in yaml) return [{ file, ...yaml.finding }];
    const result = checkData(news, yaml.data);
    return result.ok
      ? []
      : result.findings.map((finding) => ({
          file,
          ...finding,
        }));
  });

export const judge: Judge = {
  alone: async (_place, files) => schema(files),
  among: async (_place, files) => schema(files),
};
