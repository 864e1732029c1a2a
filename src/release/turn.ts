/** What changes by itself, in words. */
import type { NextTurn } from "../build/build.ts";
import { turnText } from "../i18n/desk.ts";
import { kinds } from "../schema/kinds.ts";
import { quoted } from "../schema/problem.ts";

/** «Đăng tin «Tết trồng cây»» */
export const sayTurn = ({ file, kind, title, state }: NextTurn): string =>
  turnText[state](`${kinds[kind].label} ${quoted(title ?? file)}`);
