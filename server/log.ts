import pino from "pino";

/**
 * Structured logs on stdout. Tokens, passwords and message texts never reach a log call; redaction is the second net.
 */
export const log = pino({
  name: "imchat",
  level: process.env.LOG_LEVEL || "info",
  redact: { paths: ["*.password", "*.token", "*.ticket", "*.authorization", "*.cookie"], censor: "[redacted]" },
});
