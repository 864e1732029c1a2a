/** What the commands say on a terminal, in Vietnamese. */
import type { BuildResult } from "../build/build.ts";
import type { Progress } from "../build/integration.ts";
import { formatNumber } from "../i18n/vi.ts";
import { STORY_KINDS, kinds } from "../schema/kinds.ts";
import { sayWhy, Trouble } from "../release/trouble.ts";
import { formatProblems } from "../schema/problem.ts";

/** Seconds as a Vietnamese reader writes them: 2,4 giây. */
export const seconds = (value: number): string =>
  `${formatNumber(Math.round(value * 10) / 10)} giây`;

const DOING: Record<Progress["doing"], string> = {
  pages: "Dựng trang",
  "share pictures": "Vẽ ảnh chia sẻ",
  "press kits": "Đóng gói tư liệu báo chí",
};

/** A line that is written over while work goes on; silent where there is no terminal. */
export function progressLine(stream: NodeJS.WriteStream = process.stdout) {
  let last = 0;
  return {
    show({ doing, made, all }: Progress): void {
      const now = Date.now();
      if (!stream.isTTY || (now - last < 100 && made !== all)) return;
      last = now;
      stream.write(
        `\r\u001b[K${DOING[doing]}: ${formatNumber(made)} (cả thảy ${formatNumber(all)})`,
      );
    },
    /** Says something on a line of its own. */
    tell(message: string): void {
      this.end();
      console.log(message);
    },
    end(): void {
      if (stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}

/** Why nothing could be built, for whoever ran the command. */
export const reportFailure = (thrown: unknown): string =>
  thrown instanceof Trouble
    ? thrown.message
    : `Không dựng được trang: ${sayWhy(thrown)}\nChạy lại với DEBUG=1 để xem chi tiết.`;

/** What a build did, or why it did nothing. */
export function reportBuild({
  built,
  content,
  rendered,
  pages,
  seconds: taken,
}: BuildResult): string {
  const { problems, counts, read } = content;
  const entries = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const told = problems.length > 0 ? `${formatProblems(problems)}\n\n` : "";
  if (!built)
    return `${told}Có ${errors} lỗi trong nội dung: chưa dựng trang nào, trang cũ còn nguyên.`;
  const stories = STORY_KINDS.map(
    (kind) => `${formatNumber(counts[kind] ?? 0)} ${kinds[kind].label}`,
  ).join(", ");
  const held =
    errors > 0 ? ` Giữ lại các mục có lỗi (${errors} lỗi ở trên).` : "";
  return `${told}Xong trong ${seconds(taken)}: ${formatNumber(pages)} trang và tệp (dựng mới ${formatNumber(rendered)}), ${stories}; đọc lại ${formatNumber(read)} trên ${formatNumber(entries)} mục.${held}`;
}
