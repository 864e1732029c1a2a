/**
 * `npm run -s nginx`: prints the configuration of nginx for this site, from the settings in the environment.
 * `--brotli` when nginx has the module that sends `.br` files; `--oidc` when a proxy of the OAuth kind knows who is
 * logged in; `--http` and `--locations` for a server that is there already; `--name` for a second site of one server.
 */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  FIRST,
  httpPart,
  locations,
  serverConfig,
  type NginxOptions,
} from "../hosting/nginx.ts";
import { readSettings } from "../loader/settings.ts";

const USAGE =
  "Cách dùng: npm run -s nginx -- [--brotli] [--oidc] [--http | --locations] [--name TÊN]";

function readOptions() {
  const { values } = parseArgs({
    options: {
      brotli: { type: "boolean", default: false },
      oidc: { type: "boolean", default: false },
      http: { type: "boolean", default: false },
      locations: { type: "boolean", default: false },
      name: { type: "string", default: FIRST },
    },
  });
  if (values.http && values.locations) throw new Error(USAGE);
  if (!/^[a-z][a-z0-9_]*$/.test(values.name))
    throw new Error(
      `--name chỉ có chữ thường không dấu, chữ số và gạch dưới, đang là «${values.name}».`,
    );
  return values;
}

function optionsOf(
  env: NodeJS.ProcessEnv,
  { brotli, oidc, name }: ReturnType<typeof readOptions>,
): NginxOptions {
  const { siteUrl, base } = readSettings(env);
  const { TLS_CERTIFICATE: file, TLS_KEY: key } = env;
  if (!file !== !key)
    throw new Error("Ghi cả hai: TLS_CERTIFICATE và TLS_KEY.");
  if (file && !siteUrl.startsWith("https:"))
    throw new Error(
      `Có chứng thư thì SITE_URL phải là https://…, đang là «${siteUrl}».`,
    );
  return {
    siteUrl,
    base,
    siteDir: path.resolve(env.SITE_DIR || "/var/lib/guong-sang/site"),
    socket: path.resolve(env.SOCKET || "/run/guong-sang/desk.sock"),
    passwords: path.resolve(env.HTPASSWD || "/etc/guong-sang/htpasswd"),
    trustHeader: env.TRUST_HEADER || "X-Remote-User",
    certificate: file && key ? { file, key } : undefined,
    brotli,
    oidc: oidc ? env.OIDC_PROXY || "http://127.0.0.1:4180" : undefined,
    name,
    known: randomBytes(16).toString("hex"),
  };
}

try {
  const values = readOptions();
  const options = optionsOf(process.env, values);
  const part = values.http
    ? httpPart
    : values.locations
      ? locations
      : serverConfig;
  process.stdout.write(part(options));
} catch (thrown) {
  console.error(
    (thrown as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS")
      ? USAGE
      : (thrown as Error).message,
  );
  process.exitCode = 1;
}
