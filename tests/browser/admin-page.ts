/** What the page of admin.test.ts runs: our part of the CMS over a backend that keeps all in memory. */
import { cmsConfig } from "../../admin/forms.ts";
import { register, type Cms } from "../../admin/register.ts";

interface Backend {
  getMedia(): Promise<unknown[]>;
}
declare const CMS: Cms & {
  getBackend(name: string): { init(...settings: unknown[]): Backend };
  registerBackend(name: string, backend: object): void;
  init(options: { config: object }): void;
};

/** Decap's own backend for trying out, which takes every text beside an entry for a picture and fails on it. */
class Memory {
  constructor(...settings: unknown[]) {
    const backend = CMS.getBackend("test-repo").init(...settings);
    backend.getMedia = () => Promise.resolve([]);
    return backend;
  }
}

register(CMS);
CMS.registerBackend("memory", Memory);
CMS.init({ config: cmsConfig("content", { name: "memory" }) });
