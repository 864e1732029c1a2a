/** Makes Decap ours: its words, the widget `entry`, the content blocks. */
import type { Briefs } from "../src/desk/room.ts";
import { editorComponents, type EditorComponent } from "./components.ts";
import { entryControl, type RelationClass } from "./entry-widget.ts";
import { vietnamese, type Phrases } from "./locale.ts";

/** What of Decap's `CMS` is used here. */
export interface Cms {
  getLocale(name: string): Phrases;
  registerLocale(name: string, phrases: Phrases): void;
  getWidget(name: string): { control: RelationClass; preview: unknown };
  registerWidget(widget: {
    name: string;
    controlComponent: RelationClass;
    previewComponent: unknown;
  }): void;
  registerEditorComponent(component: EditorComponent): void;
}

/**
 * Registers everything that `cmsConfig` speaks of. Call it before `CMS.init`.
 *
 * @param cms Decap's global `CMS`
 * @param choices gives what forms choose among
 */
export function register(cms: Cms, choices: () => Promise<Briefs>): void {
  cms.registerLocale("vi", vietnamese(cms.getLocale("vi")));
  const { control, preview } = cms.getWidget("relation");
  cms.registerWidget({
    name: "entry",
    controlComponent: entryControl(control, choices),
    previewComponent: preview,
  });
  for (const component of editorComponents)
    cms.registerEditorComponent(component);
}
