/** The CMS as it starts in an editor's browser where it writes to a GitLab: the login is GitLab's, and so is the review. */
import { button, element } from "../../src/browser/element.ts";
import { adminText } from "../../src/i18n/admin.ts";
import { gitlabText } from "../../src/i18n/gitlab.ts";
import type { GitLab } from "../../src/loader/gitlab.ts";
import { cmsConfig } from "../forms.ts";
import {
  CONTENT,
  furnish,
  loadDecap,
  tellNotOpened,
  type Decap,
} from "../furnish.ts";
import { tellProblems } from "../problems.ts";
import { Texts } from "../save.ts";
import { helpLink, type Strip } from "../status.ts";
import { isQuiet, registerGitLab } from "./backend.ts";
import { choicesIn } from "./choices.ts";
import { saneHere } from "./pictures.ts";

/** Set by the build. */
declare const GITLAB: GitLab;

function open(cms: Decap): void {
  const texts = new Texts();
  const backend = registerGitLab(cms, {
    repo: GITLAB.repo,
    failed: (action, why) =>
      void tellProblems(adminText.failed[action] ?? "", why, []),
    shown: (path, text) => texts.shown(path, text),
    saved: (path, text) => texts.saved(path, text),
    isSeen: (path, text) => texts.isOnTop(path, text),
  });
  furnish(cms, {
    texts,
    choices: async () => choicesIn(await backend),
    send: saneHere,
    isQuiet,
    note: openFoot(),
  });
  cms.init({ config: configFor(GITLAB) });
}

function configFor({ url, repo, app, branch }: GitLab) {
  const config = cmsConfig(CONTENT, {
    name: "guong-sang-gitlab",
    repo,
    branch,
    auth_type: "pkce",
    app_id: app,
    base_url: url,
    api_root: `${url}/api/v4`,
    auth_endpoint: "oauth/authorize",
  });
  return {
    ...config,
    collections: config.collections.map((collection) => ({
      ...collection,
      // The page is made by programs that are not here.
      editor: { preview: false },
      // Decap would do that at once, past every review.
      delete: false,
    })),
  };
}

/**
 * What stands at the foot of every screen.
 *
 * @returns puts up what an entry was saved in spite of
 */
function openFoot(): Strip["note"] {
  const noted = element("div", { class: "gs-strip-more" });
  const { url, repo } = GITLAB;
  document.body.append(
    element(
      "section",
      { class: "gs-strip", "aria-label": gitlabText.strip },
      element(
        "a",
        {
          href: `${url}/${repo}/-/merge_requests`,
          target: "_blank",
          rel: "noopener",
        },
        gitlabText.requests,
      ),
      noted,
      helpLink(),
    ),
  );
  return (show, count) =>
    noted.replaceChildren(
      ...(show ? [button(adminText.status.noted(count), show)] : []),
    );
}

loadDecap().then(open).catch(tellNotOpened);
