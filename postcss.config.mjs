// biome-ignore lint/style/noDefaultExport: Next reads it from there.
export default { plugins: { "@tailwindcss/postcss": {} } };
