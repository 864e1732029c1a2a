/**
 * The widget `entry`: a choice among the entries of one kind or several. It is Decap's relation with two
 * differences: an entry is known as the content knows it (`ten-bai`, or `models/ten-bai` where several kinds
 * are offered), not by its path; and it is found with or without marks, a commune by its former names too.
 */
import { adminText } from "../src/i18n/admin.ts";
import type { Brief, Briefs } from "../src/desk/room.ts";
import { kinds, type KindName } from "../src/schema/kinds.ts";
import { slugify } from "../src/schema/slug.ts";
import { communeName } from "../src/schema/taxonomy.ts";

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
 * @param ask gives what there is to choose among
 * @returns a React class to register under the name `entry`
 */
export const entryControl = (
  Base: RelationClass,
  ask: () => Promise<Briefs>,
): RelationClass =>
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
      const offered = [
        ...(this.props.field.get("kinds") as Iterable<KindName>),
      ];
      this.#choices ??= ask().then((all) =>
        offered
          .flatMap((kind) =>
            (all[kind] ?? []).map((brief) =>
              choiceOf(kind, brief, offered.length > 1),
            ),
          )
          .sort(byLabel),
      );
      return this.#choices;
    }
  };

/** One for all: made anew for every comparison it takes a second for some thousand choices. */
const { compare } = new Intl.Collator("vi");
const byLabel = (a: Choice, b: Choice): number => compare(a.label, b.label);

/**
 * An entry as an editor chooses it.
 *
 * @param isMixed whether other kinds are offered beside this one
 */
export function choiceOf(
  kind: KindName,
  brief: Brief,
  isMixed: boolean,
): Choice {
  const { id, formerUnits = [] } = brief;
  const name = nameOf(kind, brief) ?? id;
  return {
    value: isMixed ? `${kind}/${id}` : id,
    label: isMixed ? `${name} (${kinds[kind].label})` : name,
    words: slugify([name, id, ...formerUnits].join(" ")),
  };
}

function nameOf(kind: KindName, brief: Brief): string | undefined {
  const { title, type, number = adminText.numberUnknown, recipient } = brief;
  if (kind === "communes" && title && (type === "xa" || type === "phuong"))
    return communeName({ type, title });
  return kind === "decisions" && recipient ? `${recipient} (${number})` : title;
}
