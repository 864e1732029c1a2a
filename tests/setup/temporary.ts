/** Run by Vitest in every test file. */
import { afterAll } from "vitest";
import { removeTemporary } from "../support/temporary.ts";

afterAll(removeTemporary);
