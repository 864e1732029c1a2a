/**
 * The widget `entry`: a choice among the entries of one kind or several. It is Decap's relation with two
 * differences: an entry is known as the content knows it (`ten-bai`, or `models/ten-bai` where several kinds
 * are offered), not by its path; and it is found with or without marks, a commune by its former names too.
 */
import { adminText } from "../src/i18n/admin.ts";
import { kinds, type KindName } from "../src/schema/kinds.ts";
import { slugify } from "../src/schema/slug.ts";
import { communeName } from "../src/schema/taxonomy.ts";

/** An entry as Decap finds it. */
interface Hit {
  path: string;
  data: {
    title?: string;
    type?: string;
    number?: string;
    formerUnits?: string[];
    recipients?: { name?: string }[];
  };
}

interface Choice {
  value: string;
  label: string;
  /** What it is found by. */
  words: string;
}

/** Decap's relation control: what of it is used and replaced here. */
interface Relation {
  props: {
    field: { get(name: string): unknown };
    value?: unknown;
    forID: string;
    query(
      namespace: string,
      collection: string,
      fields: string[],
      term: string,
    ): Promise<{ payload?: { hits?: Hit[] } }>;
  };
  state: { initialOptions: Choice[] };
  mounted: boolean;
  setState(state: { initialOptions: Choice[] }): void;
  shouldComponentUpdate(props: unknown, state?: unknown): boolean;
}
export type RelationClass = new (...args: never[]) => Relation;

/**
 * Makes the widget's control.
 *
 * @param Base the control of Decap's widget `relation`: `CMS.getWidget("relation").control`
 * @returns a React class to register under the name `entry`
 */
export const entryControl = (Base: RelationClass): RelationClass =>
  class extends Base {
    #choices: Promise<Choice[]> | undefined;

    async loadInitialOptions(): Promise<void> {
      const initialOptions = await this.choices();
      if (this.mounted) this.setState({ initialOptions });
    }

    loadOptions = (term: string, found: (choices: Choice[]) => void): void => {
      const wanted = slugify(term);
      void this.choices().then((choices) =>
        found(choices.filter(({ words }) => words.includes(wanted))),
      );
    };

    /** Decap would make choices of its last query's entries; ours are made once. */
    parseHitOptions = (): Choice[] => [];

    /** Decap's waits for new properties; ours shows a choice as soon as its words are known. */
    override shouldComponentUpdate(props: unknown, state?: unknown): boolean {
      const isNew = state !== undefined && state !== this.state;
      return isNew || super.shouldComponentUpdate(props);
    }

    choices(): Promise<Choice[]> {
      const { field, forID, query } = this.props;
      const offered = [...(field.get("kinds") as Iterable<KindName>)];
      this.#choices ??= Promise.all(
        offered.map(async (kind) => {
          const { payload } = await query(forID, kind, ["slug"], "");
          return (payload?.hits ?? []).map((hit) =>
            choiceOf(kind, hit, offered.length > 1),
          );
        }),
      ).then((lists) => lists.flat().sort(byLabel));
      return this.#choices;
    }
  };

const byLabel = (a: Choice, b: Choice): number =>
  a.label.localeCompare(b.label, "vi");

/**
 * An entry as an editor chooses it.
 *
 * @param isMixed whether other kinds are offered beside this one
 */
export function choiceOf(
  kind: KindName,
  { path, data }: Hit,
  isMixed: boolean,
): Choice {
  const id =
    path
      .replace(/(?:\/index)?\.\w+$/, "")
      .split("/")
      .at(-1) ?? "";
  const name = nameOf(kind, data) ?? id;
  return {
    value: isMixed ? `${kind}/${id}` : id,
    label: isMixed ? `${name} (${kinds[kind].label})` : name,
    words: slugify([name, id, ...(data.formerUnits ?? [])].join(" ")),
  };
}

function nameOf(kind: KindName, data: Hit["data"]): string | undefined {
  const { title, type, number = adminText.numberUnknown, recipients } = data;
  if (kind === "communes" && title && (type === "xa" || type === "phuong"))
    return communeName({ type, title });
  const first = recipients?.[0]?.name;
  return kind === "decisions" && first ? `${first} (${number})` : title;
}
