/** Heights that frames tell, for the pages around them. */

/** A frame's script may have told its height before anybody listened: this asks it to tell again. */
export const ASK = { source: "guong-sang", v: 1, type: "ask" } as const;

const LEAST = 50;
const MOST = 20_000;

/**
 * The height that a message tells, in whichever of the known ways: ours, AMP's, WordPress's or pym's.
 *
 * @returns whole pixels within reason; nothing when it is no such message
 */
function heightIn(data: unknown): number | undefined {
  let told: unknown;
  if (typeof data === "string")
    told = /^pymxPYMx.*xPYMxheightxPYMx([\d.]+)$/.exec(data)?.[1];
  else if (data) {
    const { source, sentinel, message, type, height, value } = data as Record<
      string,
      unknown
    >;
    if (
      (source === "guong-sang" && type === "height") ||
      (sentinel === "amp" && type === "embed-size")
    )
      told = height;
    else if (message === "height") told = value;
  }
  const pixels = Math.ceil(Number(told));
  return pixels > 0 ? Math.min(MOST, Math.max(LEAST, pixels)) : undefined;
}

/**
 * Gives a frame the height that a message tells, if it is this frame that tells it.
 *
 * @param origin where frames of ours come from
 * @returns whether it was
 */
export function follow(
  frame: HTMLIFrameElement,
  { source, origin: sender, data }: MessageEvent,
  origin: string,
): boolean {
  if (source !== frame.contentWindow || !frame.src.startsWith(`${origin}/`))
    return false;
  const { sandbox } = frame;
  const isOpaque =
    frame.hasAttribute("sandbox") && !sandbox.contains("allow-same-origin");
  if (sender !== origin && !(isOpaque && sender === "null")) return false;
  const height = heightIn(data);
  if (!height) return false;
  frame.style.height = `${height}px`;
  // The page around may count borders in.
  const missing = height - frame.clientHeight;
  if (missing > 0) frame.style.height = `${height + missing}px`;
  return true;
}
