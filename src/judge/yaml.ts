/** YAML as editors may write it: the core schema, no anchors, no tags, no depth to get lost in. */
import {
  CORE_SCHEMA,
  EVENT_ID,
  YAMLException,
  constructFromEvents,
  dump,
  getScalarValue,
  parseEvents,
  type Event,
} from "js-yaml";
import type { FieldPath } from "../schema/field.ts";
import { error, type Finding } from "../schema/problem.ts";
import { lineOf } from "./text.ts";

export interface ParsedYaml {
  data: unknown;
  /** 1-based line of a field's key or list item; of the nearest field around it when it is not there. */
  lineOf: (path: FieldPath) => number;
  /** Whether there are comments, which the data does not hold. */
  hasComments: () => boolean;
}

/**
 * Parses one YAML document.
 *
 * @param source YAML without the `---` lines
 * @returns the data, or the one finding that made it unreadable
 */
export function parseYaml(source: string): ParsedYaml | { finding: Finding } {
  try {
    const events = parseEvents(source, { maxDepth: 20 });
    const finding = refused(events, source);
    if (finding) return { finding };
    const [data = {}] = constructFromEvents(events, {
      source,
      schema: CORE_SCHEMA,
      maxAliases: 0,
    });
    return {
      data,
      lineOf: (path) => lineOf(source, offsetOf(path, events, source)),
      hasComments: () => hasComments(events, source),
    };
  } catch (thrown) {
    return { finding: unreadable(thrown, source) };
  }
}

/** What stands between the values is punctuation, space and comments. */
function hasComments(events: Event[], source: string): boolean {
  let between = "";
  let end = 0;
  for (const event of events)
    if (event.type === EVENT_ID.SCALAR) {
      between += `${source.slice(end, event.valueStart)}\n`;
      end = Math.max(end, event.valueEnd);
    }
  return (between + source.slice(end)).includes("#");
}

function refused(events: Event[], source: string): Finding | undefined {
  for (const event of events) {
    if (
      event.type === EVENT_ID.ALIAS ||
      ("anchorStart" in event && event.anchorStart >= 0)
    )
      return error(
        "yaml-anchor",
        "dùng dấu & hoặc * của YAML (neo, tham chiếu)",
        "Viết giá trị ra, hoặc đặt cả giá trị trong dấu nháy kép nếu đó là chữ thường.",
        { line: lineOf(source, event.anchorStart) },
      );
    if ("tagStart" in event && event.tagStart >= 0)
      return error(
        "yaml-tag",
        "dùng dấu ! của YAML (nhãn kiểu)",
        "Xóa nhãn, hoặc đặt cả giá trị trong dấu nháy kép nếu đó là chữ thường.",
        { line: lineOf(source, event.tagStart) },
      );
  }
  if (events.filter((event) => event.type === EVENT_ID.DOCUMENT).length > 1)
    return error(
      "yaml-documents",
      "có dòng --- hoặc ... thừa giữa phần khai báo",
      "Xóa dòng ấy.",
      { line: lineOf(source, /\n(?:---|\.\.\.)/.exec(source)!.index + 1) },
    );
  return undefined;
}

function unreadable(thrown: unknown, source: string): Finding {
  const tab = /^ *\t/m.exec(source);
  if (tab)
    return error(
      "yaml-tab",
      "dòng thụt vào bằng phím Tab",
      "Thay Tab bằng hai dấu cách.",
      { line: lineOf(source, tab.index) },
    );
  const reason =
    thrown instanceof YAMLException ? thrown.reason : String(thrown);
  const line =
    thrown instanceof YAMLException && thrown.mark
      ? thrown.mark.line + 1
      : undefined;
  if (/duplicated mapping key/.test(reason))
    return error("yaml-duplicate", "một trường viết hai lần", "Giữ lại một.", {
      line,
    });
  return error(
    "yaml-syntax",
    "phần khai báo viết sai cú pháp",
    "Xem dấu hai chấm, dấu nháy và thụt dòng ở đây; giá trị có dấu : hoặc #, hoặc mở đầu bằng * & ! % @, thì đặt trong dấu nháy kép.",
    { line },
  );
}

/** Walks the events along a path; gives the offset of the last step that is there. */
function offsetOf(path: FieldPath, events: Event[], source: string): number {
  let offset = 0;
  let index = 1; // after the document's own event
  for (const step of path) {
    const found = childOf(index, step, events, source);
    if (!found) return offset;
    ({ offset, index } = found);
  }
  return offset;
}

function childOf(
  index: number,
  step: string | number,
  events: Event[],
  source: string,
): { offset: number; index: number } | undefined {
  const parent = events[index];
  const mapping = parent?.type === EVENT_ID.MAPPING;
  if (!mapping && parent?.type !== EVENT_ID.SEQUENCE) return undefined;
  let position = 0;
  for (
    let at = index + 1;
    events[at] && events[at]!.type !== EVENT_ID.POP;
    position++
  ) {
    const key = events[at]!;
    const valueAt = mapping ? after(at, events) : at;
    const matches = mapping
      ? key.type === EVENT_ID.SCALAR && getScalarValue(source, key) === step
      : position === step;
    if (matches) return { offset: startOf(key), index: valueAt };
    at = after(valueAt, events);
  }
  return undefined;
}

const startOf = (event: Event): number =>
  "valueStart" in event ? event.valueStart : "start" in event ? event.start : 0;

/** The index of the event after the node that starts at `index`. */
function after(index: number, events: Event[]): number {
  let depth = 0;
  for (let at = index; at < events.length; at++) {
    const { type } = events[at]!;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    if (type === EVENT_ID.POP) depth--;
    if (depth <= 0) return at + 1;
  }
  return events.length;
}

/**
 * Data in the one canonical YAML: two spaces, long texts on one line, double quotes only where needed.
 *
 * @returns YAML ending with a line break
 */
export const writeYaml = (data: unknown): string =>
  dump(data, {
    schema: CORE_SCHEMA,
    lineWidth: -1,
    quoteStyle: "double",
    noRefs: true,
  });
