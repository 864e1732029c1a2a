/**
 * Whether the files beside entries are what the desk would have kept: pictures without a place or a camera in them,
 * documents without anything that runs. For content that did not come through the desk.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../loader/cache.ts";
import { listFiles } from "../loader/files.ts";
import {
  error,
  quoted,
  type Finding,
  type Problem,
} from "../schema/problem.ts";
import { documentType, saneDocument } from "./document.ts";
import { inspectPicture, pictureType } from "./inspect.ts";
import { sanePicture } from "./original.ts";

export interface BesideOptions {
  /** Which files, by their path below the content folder. */
  wanted: (file: string) => boolean;
  /** Whether pictures are put right in their place. */
  fix: boolean;
  /** Told of every file that was. */
  fixed: (file: string) => void;
}

/** Looks into the files beside entries. */
export async function checkBeside(
  contentDir: string,
  { wanted, fix, fixed }: BesideOptions,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { file, beside } of listFiles(contentDir).entries)
    for (const name of beside) {
      const one = path.posix.join(path.posix.dirname(file), name);
      if (!wanted(one)) continue;
      const full = path.join(contentDir, one);
      const { finding, sane } = await lookInto(name, await readFile(full));
      if (sane && fix) {
        writeWhole(full, sane);
        fixed(one);
      } else if (finding) problems.push({ file: one, ...finding });
    }
  return problems;
}

interface Look {
  finding?: Finding;
  /** A picture as it should be, where it can be put right. */
  sane?: Buffer;
}

async function lookInto(name: string, bytes: Buffer): Promise<Look> {
  const type = pictureType(bytes);
  if (type) {
    const inspection = await inspectPicture(name, bytes);
    if (!inspection.ok) return { finding: told(inspection.problem) };
    const made = await sanePicture(type, bytes);
    if (made.equals(bytes)) return {};
    return pictureType(made) === type
      ? { finding: unclean(name), sane: made }
      : { finding: heavy(name) };
  }
  if (!documentType(name)) return {};
  const made = await saneDocument(bytes, name);
  return made.ok ? {} : { finding: told(made.problem) };
}

const told = ({
  code,
  found,
  remedy,
}: Record<"code" | "found" | "remedy", string>) =>
  error(code, found.replace(/\.$/, ""), remedy);

const unclean = (name: string) =>
  error(
    "picture-unclean",
    `ảnh ${quoted(name)} còn những điều máy ghi kèm (có thể cả nơi chụp), hoặc lớn quá mức`,
    "Tải ảnh lên bằng bàn biên tập, hoặc chạy npm run check -- --files --fix rồi lưu lại.",
  );

const heavy = (name: string) =>
  error(
    "picture-heavy",
    `ảnh ${quoted(name)} là ảnh chụp mà lưu thành PNG, nặng gấp nhiều lần mức cần`,
    "Lưu ảnh thành JPEG rồi dùng tệp mới.",
  );
