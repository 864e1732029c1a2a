/** The settings that let the CMS write to a GitLab. */
import { describe, expect, it } from "vitest";
import { adminPolicy } from "../../admin/policy.ts";
import { readGitLab } from "../../src/loader/gitlab.ts";

const GIVEN = {
  CMS_GITLAB_URL: "https://git.example.vn/lab/",
  CMS_GITLAB_REPO: "ban-bien-tap/guong-sang",
  CMS_GITLAB_APP: "a1b2c3",
};

describe("the GitLab of the settings", () => {
  it("is none where nothing is said, a branch alone included", () => {
    expect(readGitLab({ CMS_BRANCH: "main", CMS_GITLAB_URL: " " })).toBe(
      undefined,
    );
  });

  it("is taken as it is named; the branch is main unless another is", () => {
    expect(readGitLab(GIVEN)).toEqual({
      url: "https://git.example.vn/lab",
      repo: "ban-bien-tap/guong-sang",
      app: "a1b2c3",
      branch: "main",
    });
    expect(readGitLab({ ...GIVEN, CMS_BRANCH: "dang" })?.branch).toBe("dang");
  });

  it.each([
    ["CMS_GITLAB_URL", "http://git.example.vn", "https"],
    ["CMS_GITLAB_URL", "https://git.example.vn'; script-src *", "ví dụ"],
    ["CMS_GITLAB_REPO", "guong-sang", "nhóm/kho"],
    ["CMS_GITLAB_REPO", "", "còn thiếu"],
    ["CMS_GITLAB_APP", "a b", "Application ID"],
    ["CMS_BRANCH", "-x", "ví dụ main"],
  ])("refuses %s «%s»", (name, value, words) => {
    expect(() => readGitLab({ ...GIVEN, [name]: value })).toThrow(
      new RegExp(`^${name} .*${words}`),
    );
  });

  it("may be asked by the CMS, and no other address", () => {
    const policy = adminPolicy(readGitLab(GIVEN));
    expect(policy).toContain(
      "connect-src 'self' blob: https://git.example.vn;",
    );
    expect(adminPolicy()).not.toContain("https:");
  });
});
