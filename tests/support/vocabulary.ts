/** The vocabulary of schema.org as schema-dts writes it down: which types there are, and which properties each has. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

interface Shape {
  above: string[];
  properties: Set<string>;
}

const shapes = readShapes();

function readShapes(): Map<string, Shape> {
  const main = createRequire(import.meta.url).resolve("schema-dts");
  const text = readFileSync(
    path.join(path.dirname(main), "schema.d.ts"),
    "utf8",
  );
  const found = new Map<string, Shape>();
  for (const [, name, above = "", body = ""] of text.matchAll(
    /^(?:export )?interface (\w+)(?: extends ([^{]+?))? \{\n(.*?)^\}/gms,
  ))
    found.set(name!, {
      above: above.split(",").map((one) => one.trim()),
      properties: new Set(
        Array.from(body.matchAll(/^ {4}"([\w-]+)"\?/gm), ([, key]) => key!),
      ),
    });
  return found;
}

const has = (name: string, property: string): boolean => {
  const shape = shapes.get(name);
  return (
    !!shape &&
    (shape.properties.has(property) ||
      shape.above.some((one) => has(one, property)))
  );
};

/** What of some JSON-LD schema.org does not know: types, and properties that a type has not. */
export function unknownIn(value: unknown, at = "$"): string[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => unknownIn(one, `${at}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  const { "@type": type, ...rest } = value as Record<string, unknown>;
  const leaf = `${String(type)}Leaf`;
  return [
    ...(shapes.has(leaf) ? [] : [`${at}: no type ${String(type)}`]),
    ...Object.entries(rest).flatMap(([key, inner]) => [
      // What a search asks for is written beside the action (schema.org/docs/actions.html).
      ...(has(leaf, key) || key === "query-input" ? [] : [`${at}.${key}`]),
      ...unknownIn(inner, `${at}.${key}`),
    ]),
  ];
}
