import { type Block, type Inline, parseMarkup } from "#contracts/markup.ts";

/** A reading for people: "<bold>x</bold>", with addresses as "<https://…>" and names as "<name>". */
const inline = (children: readonly Inline<string>[]): string =>
  children
    .map((child) => {
      if (child.type === "text") return child.text;
      if (child.type === "code") return `<code>${child.text}</code>`;
      if (child.type === "link") return `<${child.url}>`;
      if (child.type === "atom") return `<${child.atom}>`;
      return `<${child.type}>${inline(child.children)}</${child.type}>`;
    })
    .join("");

export const show = (blocks: readonly Block<string>[]) =>
  blocks.map((block) =>
    block.type === "lines" ? inline(block.children) : block.type === "quote" ? `> ${inline(block.children)}` : block,
  );

export const read = (text: string) => show(parseMarkup<string>(text)).join("¶");
