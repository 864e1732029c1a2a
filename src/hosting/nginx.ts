/**
 * The configuration of nginx (1.22, Debian 12), written once from the description: what depends on content it reads
 * from the release, as data. What is written is read by the people who run the server, so it speaks Vietnamese.
 */
import path from "node:path";
import { DESK_ADDRESS, REALM } from "../desk/room.ts";
import { quoted } from "./formats.ts";
import {
  ADMIN,
  HOSTING,
  INDEX,
  NOT_FOUND,
  NOT_SERVED,
  OEMBED,
  OEMBED_DEPTH,
  OURSELVES,
  STRICT_TRANSPORT,
  areasOf,
  headersFor,
  oembedFile,
  oembedPattern,
  type Area,
  type Headers,
  type Pattern,
} from "./headers.ts";
import type { GitLab } from "../loader/gitlab.ts";
import { FRAMERS_MAP, MOVED_MAP } from "./publish.ts";

export interface NginxOptions {
  /** Public origin. */
  siteUrl: string;
  base: string;
  /** Absolute path of the folder of the releases. */
  siteDir: string;
  /** The desk's socket. */
  socket: string;
  /** Absolute path of the file of passwords. */
  passwords: string;
  /** The request header that tells the desk who is logged in. */
  trustHeader: string;
  /** Absolute paths; without them the site is served without TLS. */
  certificate?: { file: string; key: string } | undefined;
  /** Whether nginx has the module that sends `.br` files. */
  brotli: boolean;
  /** The address of a proxy that knows who is logged in, in place of passwords. */
  oidc?: string | undefined;
  /** Before every name that all sites of one server share. */
  name: string;
  /** Whom the limit on strangers does not count: a cookie's value that only who has logged in is sent. */
  known: string;
  /** Where the CMS writes when it does not ask the desk. */
  gitlab?: GitLab | undefined;
}

/** The name of the first site of a server. */
export const FIRST = "gs";

/** Said once on a server, before all that it is about: old addresses are longer than nginx takes unasked. */
const SIZES = [
  "# Nếu nginx báo «directive is duplicate»: chuyển hai dòng này lên đầu khối http trong /etc/nginx/nginx.conf.",
  "map_hash_bucket_size 512;",
  "map_hash_max_size 16384;",
  "",
];

/** What goes into `http { }`. */
export function httpPart(options: NginxOptions): string {
  const { siteUrl, base, siteDir, name, known } = options;
  const v = variables(name);
  const below = escaped(base.slice(0, -1));
  const data = (file: string) =>
    // With a pattern's sign in its name a file may be missing, as it is before the first release.
    `  include ${quoted(path.posix.join(siteDir, "current", HOSTING, file.replace(".", "[.]")))};`;
  const admin = base + ADMIN.slice(1);
  const cookie = [
    `${name}_known=${known}`,
    `Path=${admin}`,
    "HttpOnly",
    "SameSite=Strict",
  ].join("; ");
  return text([
    ...(name === FIRST ? SIZES : []),
    "# Đường dẫn trong bản phát hành của tệp ở một địa chỉ. Tệp riêng của máy chủ thì không ai được nhận.",
    `map $uri ${v.file} {`,
    `  default "/-";`,
    `  "~${NOT_SERVED.replace("^(?:", `^${below}(?:`)}" "/-";`,
    `  "~^${below}(?<${name}_folder>/(?:.*/)?)(?:${escaped(INDEX)})?$" "\${${name}_folder}${INDEX}";`,
    `  "~^${below}(?<${name}_rest>/.*)$" "$${name}_rest";`,
    "}",
    "",
    "# Địa chỉ cũ của bài.",
    `map $uri ${v.moved} {`,
    data(MOVED_MAP),
    "}",
    "",
    "# Ai được nhúng.",
    `map embeds ${v.framers} {`,
    data(FRAMERS_MAP),
    "}",
    "",
    `# ${OEMBED}?url=…`,
    `map $arg_url ${v.oembed} {`,
    `  default "/-";`,
    ...oembedLines(siteUrl + base, name),
    "}",
    ...(options.oidc
      ? []
      : [
          "",
          "# Người chưa đăng nhập thì mỗi nơi chỉ được hỏi trang quản trị ngần này lần, kể cả khi mật khẩu đúng: không",
          "# ai dò được mật khẩu. Người đã đăng nhập mang cookie này, không bị tính.",
          `map $cookie_${name}_known ${v.stranger} {`,
          `  default ${v.from};`,
          `  ${quoted(known)} "";`,
          "}",
          `map $cookie_${name}_known ${v.welcome} {`,
          `  default "${cookie}${v.secure}";`,
          `  ${quoted(known)} "";`,
          "}",
          `map $https ${v.secure} {`,
          `  on "; Secure";`,
          "}",
          `map $remote_addr ${v.from} {`,
          "  default $remote_addr;",
          `  "~^(?<${name}_net>[0-9a-f]*:[0-9a-f]*:[0-9a-f]*):" "$${name}_net";`,
          "}",
          `limit_req_zone ${v.stranger} zone=${name}_strangers:1m rate=20r/m;`,
          `limit_conn_zone ${v.stranger} zone=${name}_at_once:1m;`,
        ]),
  ]);
}

/** A line for each depth of pages: nginx knows no group that may be missing. */
const oembedLines = (home: string, name: string): string[] =>
  Array.from({ length: OEMBED_DEPTH + 1 }, (_, depth) => {
    const group = (index: number) => `${name}_part${index}`;
    const pattern = oembedPattern(
      home,
      depth,
      (index) => `(?<${group(index)}>[a-z0-9-]+)`,
    );
    const parts = Array.from(
      { length: depth },
      (_, index) => `\${${group(index)}}`,
    );
    return `  "~*${pattern}" "${oembedFile(parts)}";`;
  });

/** What goes into `server { }`. */
export const locations = (options: NginxOptions): string =>
  text([
    ...(options.base === "/"
      ? []
      : block(`location = ${options.base.slice(0, -1)}`, [
          "absolute_redirect off;",
          `return 301 ${options.base};`,
        ])),
    // Whatever else the server has, within this path its expressions count for nothing.
    ...block(`location ^~ ${options.base}`, [
      ...rootOf(options),
      ...pages(options),
      ...places(options, (area) => !isAdmin(area)),
      ...block(`location ^~ ${options.base}${ADMIN.slice(1)}`, cms(options)),
      ...(options.oidc ? signIn(options.base, options.oidc) : []),
    ]),
    ...outcomes(options),
  ]);

/** How the files of the releases are sent. */
const rootOf = ({ base, siteDir, brotli }: NginxOptions): string[] => [
  `root ${quoted(siteDir)};`,
  // A site has few files that are asked for often. A second later at most, what has been switched is seen.
  "open_file_cache max=20000 inactive=60s;",
  "open_file_cache_valid 1s;",
  "gzip_static on;",
  ...(brotli ? ["brotli_static on;"] : []),
  "gzip_vary on;",
  "charset utf-8;",
  "absolute_redirect off;",
  "server_tokens off;",
  notFound(base),
];

const areas = ({
  name,
  gitlab,
}: Pick<NginxOptions, "name" | "gitlab">): Area[] =>
  areasOf(variables(name).framers, gitlab);
const isAdmin = ({ at }: Area): boolean => at[0]!.startsWith(ADMIN);

/** @param headers those of the area; nothing is inherited where something is said */
const send = (headers: Headers, { certificate }: NginxOptions): string[] => [
  ...addHeaders(headers),
  ...(certificate ? addHeaders(STRICT_TRANSPORT) : []),
];

/** Sends the file of an address; to who opened a page a moment ago also what the release before had. */
const fileOf = (headers: Headers, name: string): string => {
  const v = variables(name);
  const passing = /immutable/.test(headers["cache-control"] ?? "");
  return `try_files /current${v.file} ${passing ? `/passing${v.file} ` : ""}@${name}_missing;`;
};

/** What is for readers at large. */
function pages(options: NginxOptions): string[] {
  const { base, name } = options;
  const v = variables(name);
  const { headers } = areas(options).at(-1)!;
  return [
    ...send(headers, options),
    "",
    "# Bài đã gỡ hoặc hết hạn, rồi bài đã đổi địa chỉ.",
    `if (-f $document_root/current${HOSTING}gone${v.file}.410) {`,
    "  return 410;",
    "}",
    `error_page 410 @${name}_gone;`,
    `if (${v.moved}) {`,
    `  return 301 ${v.moved}$is_args$args;`,
    "}",
    fileOf(headers, name),
    ...block(`location = ${base}${OEMBED.slice(1)}`, [
      ...send(headersFor(areas(options), `${OEMBED}/`), options),
      `if ($arg_format !~ "^(?:json)?$") {`,
      "  return 501;",
      "}",
      `try_files /current${v.oembed} =404;`,
    ]),
    ...block(`location = ${base}${NOT_FOUND.slice(1)}`, [
      ...send(headers, options),
      `try_files /current${NOT_FOUND} =404;`,
    ]),
  ];
}

/** The areas that are within others. */
const places = (
  options: NginxOptions,
  wanted: (area: Area) => boolean,
): string[] =>
  areas(options)
    .slice(0, -1)
    .filter(wanted)
    .flatMap(({ at, headers }) =>
      placesOf(at, options.base).flatMap((place) =>
        block(`location ${place}`, [
          ...send(headers, options),
          fileOf(headers, options.name),
        ]),
      ),
    );

function cms(options: NginxOptions): string[] {
  const { base, name, oidc } = options;
  const welcome = oidc
    ? []
    : [`add_header Set-Cookie ${variables(name).welcome};`];
  const headers = headersFor(areas(options), ADMIN);
  const isWithin = (area: Area) =>
    isAdmin(area) && !area.at.includes(`${ADMIN}*`);
  return [
    ...guard(options),
    ...send(headers, options),
    ...welcome,
    fileOf(headers, name),
    ...places(options, isWithin),
    ...block(`location ^~ ${base}${DESK_ADDRESS.slice(1)}`, [
      // The desk says the rest.
      ...send(OURSELVES, options),
      ...welcome,
      ...desk(options),
    ]),
  ];
}

/** How an address is answered that has no file of its own. */
function outcomes(options: NginxOptions): string[] {
  const { base, name, oidc } = options;
  const v = variables(name);
  const { headers } = areas(options).at(-1)!;
  return [
    ...block(`location @${name}_missing`, [
      ...rootOf(options),
      ...send({}, options),
      "# Thư mục viết thiếu dấu / ở cuối.",
      `if (-d $document_root/current${v.file}) {`,
      "  return 301 $uri/$is_args$args;",
      "}",
      "return 404;",
    ]),
    ...block(`location @${name}_gone`, [
      ...rootOf(options),
      ...send(headers, options),
      `try_files /current${v.file} /current${NOT_FOUND} =404;`,
    ]),
    ...block(`location @${name}_rests`, [
      ...say("application/json"),
      `return 502 '{"error":"Bàn biên tập đang nghỉ. Những gì bạn viết còn nguyên ở đây; ít phút nữa hãy lưu lại."}';`,
    ]),
    ...(oidc
      ? block(`location @${name}_sign_in`, [
          "absolute_redirect off;",
          `return 302 ${base}oauth2/start?rd=$request_uri;`,
        ])
      : block(`location @${name}_slower`, [
          ...say("text/plain"),
          `return 429 "Đăng nhập sai quá nhiều lần. Đợi vài phút rồi thử lại.\\n";`,
        ])),
  ];
}

/** What an answer is that nginx gives itself. */
const say = (type: string): string[] => [
  `default_type ${type};`,
  "charset utf-8;",
  "server_tokens off;",
  `add_header cache-control "no-store" always;`,
];

const notFound = (base: string): string =>
  `error_page 404 ${base}${NOT_FOUND.slice(1)};`;

/** Who may come in. */
function guard({ base, passwords, oidc, name }: NginxOptions): string[] {
  const v = variables(name);
  return oidc
    ? [
        `auth_request ${base}oauth2/auth;`,
        `auth_request_set ${v.who} $upstream_http_x_auth_request_email;`,
        notFound(base),
        `error_page 401 = @${name}_sign_in;`,
      ]
    : [
        `auth_basic "${REALM}";`,
        `auth_basic_user_file ${quoted(passwords)};`,
        `limit_req zone=${name}_strangers burst=40 nodelay;`,
        `limit_conn ${name}_at_once 10;`,
        "limit_req_status 429;",
        "limit_conn_status 429;",
        notFound(base),
        `error_page 429 @${name}_slower;`,
      ];
}

/** What a request to the desk may not bring along: only nginx says who somebody is. */
const IDENTITY = [
  "Authorization",
  "Remote-User",
  "Remote-Email",
  "Remote-Name",
  "X-Remote-User",
  "X-Remote-Email",
  "X-Remote-Name",
  "X-Forwarded-User",
  "X-Forwarded-Email",
  "X-Forwarded-Preferred-Username",
  "X-Auth-Request-User",
  "X-Auth-Request-Email",
];

function desk({
  base,
  socket,
  trustHeader,
  oidc,
  name,
}: NginxOptions): string[] {
  const isTrusted = (header: string) =>
    header.toLowerCase() === trustHeader.toLowerCase();
  return [
    // Said again, it is all there is: a request in the background is not led to where one signs in.
    notFound(base),
    ...(oidc ? [] : [`error_page 429 @${name}_slower;`]),
    `error_page 502 504 @${name}_rests;`,
    "client_max_body_size 64m;",
    `proxy_pass http://unix:${plain(socket)};`,
    "proxy_http_version 1.1;",
    "proxy_read_timeout 120s;",
    "proxy_set_header Host $http_host;",
    `proxy_set_header Connection "";`,
    "proxy_set_header X-Forwarded-For $remote_addr;",
    "proxy_set_header X-Forwarded-Proto $scheme;",
    "# Chỉ nginx nói ai đang đăng nhập.",
    `proxy_set_header ${trustHeader} ${oidc ? variables(name).who : "$remote_user"};`,
    ...IDENTITY.filter((header) => !isTrusted(header)).map(
      (header) => `proxy_set_header ${header} "";`,
    ),
  ];
}

/** oauth2-proxy, below the site's own address (`--proxy-prefix=<base>oauth2`). */
const signIn = (base: string, oidc: string): string[] => [
  ...block(`location = ${base}oauth2/auth`, [
    "internal;",
    `proxy_pass ${plain(oidc)};`,
    "proxy_pass_request_body off;",
    `proxy_set_header Content-Length "";`,
    "proxy_set_header Host $http_host;",
    "proxy_set_header X-Forwarded-Proto $scheme;",
    "proxy_set_header X-Forwarded-Uri $request_uri;",
  ]),
  ...block(`location ^~ ${base}oauth2/`, [
    `proxy_pass ${plain(oidc)};`,
    "proxy_set_header Host $http_host;",
    "proxy_set_header X-Real-IP $remote_addr;",
    "proxy_set_header X-Forwarded-For $remote_addr;",
    "proxy_set_header X-Forwarded-Proto $scheme;",
    "proxy_set_header X-Forwarded-Uri $request_uri;",
  ]),
];

/** The whole of a server's configuration, for `/etc/nginx/sites-available/`. */
export function serverConfig(options: NginxOptions): string {
  const { siteUrl, certificate } = options;
  const { hostname, port, protocol, host } = new URL(siteUrl);
  const at = (number: string, more = "") =>
    ["", "[::]:"].map((any) => `listen ${any}${number}${more};`);
  const inside = locations(options).trimEnd().split("\n");
  const named = `server_name ${hostname}; server_tokens off;`;
  const plainPort = protocol === "http:" && port ? port : "80";
  return text([
    "# Do «npm run -s nginx» in ra. Đừng sửa ở đây: đổi thiết lập rồi in lại, nhất là sau khi nâng cấp.",
    "",
    httpPart(options),
    ...(certificate
      ? [
          ...block("server", [
            ...at(plainPort),
            named,
            ...block("location ^~ /.well-known/acme-challenge/", [
              "root /var/www/html;",
            ]),
            ...block("location /", [`return 301 https://${host}$request_uri;`]),
          ]),
          ...block("server", [
            ...at(port || "443", " ssl http2"),
            named,
            `ssl_certificate ${quoted(certificate.file)};`,
            `ssl_certificate_key ${quoted(certificate.key)};`,
            "ssl_protocols TLSv1.2 TLSv1.3;",
            "ssl_ciphers HIGH:!aNULL:!MD5:!SHA1;",
            "ssl_prefer_server_ciphers off;",
            "ssl_session_timeout 1d;",
            `ssl_session_cache shared:${options.name}_tls:4m;`,
            "",
            ...inside,
          ]),
        ]
      : [
          ...(protocol === "https:"
            ? [
                "# CHƯA CÓ TLS: mật khẩu quản trị đi qua mạng không mã hóa. Khi có chứng thư, in lại với",
                "#   TLS_CERTIFICATE=/…/fullchain.pem TLS_KEY=/…/privkey.pem npm run -s nginx",
                "# thì có thêm «listen 443 ssl http2», chuyển hướng từ cổng 80 và HSTS.",
              ]
            : []),
          ...block("server", [
            ...at(plainPort),
            named,
            ...block("location ^~ /.well-known/acme-challenge/", [
              "root /var/www/html;",
            ]),
            "",
            ...inside,
          ]),
        ]),
  ]);
}

/** What nginx adds to an answer, whatever its status. What begins as a variable does is one. */
const addHeaders = (headers: Headers): string[] =>
  Object.entries(headers).map(
    ([name, value]) => `add_header ${name} ${withVariable(value)} always;`,
  );

const withVariable = (value: string): string => {
  const [text = "", variable] = value.split("$");
  return variable ? `"${text}$${variable}"` : quoted(value);
};

/** The places of an area. */
function placesOf(at: readonly Pattern[], base: string): string[] {
  const below = base.slice(0, -1);
  const files = at.filter((pattern) => pattern.startsWith("*/"));
  const others = at.filter((pattern) => !pattern.startsWith("*/"));
  return [
    ...(files.length > 0
      ? [`~ (?:${files.map((file) => escaped(file.slice(1))).join("|")})$`]
      : []),
    ...others.flatMap((pattern) =>
      pattern.endsWith("*")
        ? [`^~ ${below}${pattern.slice(0, -1)}`]
        : [pattern, ...(pattern.endsWith("/") ? [pattern + INDEX] : [])].map(
            (one) => `= ${below}${one}`,
          ),
    ),
  ];
}

const variables = (name: string) => {
  const of = (what: string) => `$${name}_${what}`;
  return {
    /** The file of an address, below a release. */
    file: of("file"),
    moved: of("moved"),
    framers: of("framers"),
    oembed: of("oembed"),
    /** Whom the limit counts; empty for who is known. */
    stranger: of("stranger"),
    from: of("from"),
    welcome: of("welcome"),
    secure: of("secure"),
    who: of("who"),
  };
};

const block = (head: string, lines: readonly string[]): string[] => [
  "",
  `${head} {`,
  ...lines.flatMap((line) => (line ? `  ${line}` : line)),
  "}",
];

const escaped = (literal: string): string =>
  literal.replace(/[.+*?()|[\]{}^$]/g, "\\$&");

/** A word that needs no quotation marks. */
function plain(word: string): string {
  if (!/^[\w./:-]+$/.test(word))
    throw new Error(`Không ghi được vào cấu hình nginx: «${word}».`);
  return word;
}

const text = (lines: readonly string[]): string =>
  `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
